-- config: select=all
-- tusklint: ignore[require-concurent-index-creation] a slip of the pen
--                  ^ expect: unknown-rule: There is no rule
CREATE TABLE a (id bigint PRIMARY KEY);
