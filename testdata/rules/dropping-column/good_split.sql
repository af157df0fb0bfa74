-- The data of every row is in a table of its own by then.
ALTER TABLE fields RENAME TO meadows;
CREATE TABLE soils AS SELECT id, soil FROM meadows;
ALTER TABLE meadows DROP COLUMN soil;
