-- config: select=all
-- tusklint: ignore[require-concurrent-index-creation] the table is small
CREATE INDEX casks_idx ON casks (id);
-- squawk-ignore require-concurrent-index-creation
CREATE TABLE b (id bigint PRIMARY KEY);
