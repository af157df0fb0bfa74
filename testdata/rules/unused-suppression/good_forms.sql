-- config: select=require-concurrent-index-creation
-- the rule is off in this run, so nothing can be said of it
-- tusklint: ignore[dropping-table] later
CREATE TABLE c (id bigint PRIMARY KEY);
