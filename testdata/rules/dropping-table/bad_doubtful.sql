-- The schema has other tables, and nothing but this speaks of them.
DROP TABLE IF EXISTS wheelbarrows, yard.ladders;
-- expect: dropping-table: if it is there: nothing before makes or uses it
-- expect: dropping-table: if it is there
ALTER TABLE winches ADD COLUMN load integer;
DROP TABLE IF EXISTS winches;
-- expect: dropping-table: deletes its rows and breaks code
