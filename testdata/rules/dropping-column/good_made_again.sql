-- It succeeds on an empty table alone: that is adding-required-field's.
ALTER TABLE plots DROP COLUMN owner, ADD COLUMN owner bigint NOT NULL;
-- ok: dropping-column

-- The values were put aside before.
CREATE TABLE old_shapes AS SELECT id, shape FROM plots;
ALTER TABLE plots DROP COLUMN shape;
-- ok: dropping-column
ALTER TABLE plots ADD COLUMN shape integer;
