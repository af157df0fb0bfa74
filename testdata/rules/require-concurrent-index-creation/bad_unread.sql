-- The table is made by a statement of newer syntax, which is not read.
-- config: select=require-concurrent-index-creation
CREATE TABLE actions AS SELECT * FROM (SELECT 1 AS id);
-- expect: syntax-error
CREATE INDEX actions_idx ON actions (id);
