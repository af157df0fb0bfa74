-- config: select=all
-- tusklint: ignore[require-concurrent-index-creation] small
-- expect: unused-suppression
CREATE TABLE a (id bigint PRIMARY KEY);
