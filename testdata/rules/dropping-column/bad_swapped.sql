-- Another column gets the name, and nothing has the values.
ALTER TABLE fields DROP COLUMN soil;
-- expect: dropping-column: drop it in a later migration, before the renaming of line 4.
ALTER TABLE fields RENAME slope TO soil;

-- What is written is not what was read.
UPDATE fields SET depth = 0, slope = 1;
ALTER TABLE fields DROP COLUMN depth;
-- expect: dropping-column
ALTER TABLE fields RENAME COLUMN height TO depth;

-- It is the other table's column that gets the name, and its values.
UPDATE plots SET shape_new = upper(shape);
ALTER TABLE fields DROP COLUMN shape;
-- expect: dropping-column: Dropping shape from fields
ALTER TABLE plots DROP COLUMN shape;
ALTER TABLE plots RENAME COLUMN shape_new TO shape;

-- A view copies nothing.
CREATE VIEW owners AS SELECT owner FROM plots;
ALTER TABLE plots DROP COLUMN owner CASCADE;
-- expect: dropping-column
ALTER TABLE plots RENAME COLUMN holder TO owner;
