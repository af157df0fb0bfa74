-- config: select=all
-- tusklint: ignore[TL999] no such number
--                  ^ expect: unknown-rule
CREATE TABLE a (id bigint PRIMARY KEY);
-- tusklint: ignore-file[prefer-robust-statements] not a rule's name
--                       ^ expect: unknown-rule
