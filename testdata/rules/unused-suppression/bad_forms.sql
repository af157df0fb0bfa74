-- config: select=all
CREATE TABLE a (id bigint PRIMARY KEY); -- tusklint: ignore[TL101] nothing to say here
--                                      ^ expect: unused-suppression
-- tusklint: ignore[require-concurrent-index-creation, dropping-table] one of the two
--                                                     ^ expect: unused-suppression
CREATE INDEX casks_idx ON casks (id);
