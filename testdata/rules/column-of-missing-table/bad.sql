ALTER TABLE old_trucks ADD COLUMN city text;
-- expect: column-of-missing-table: old_trucks was dropped or renamed
ALTER TABLE trucks RENAME COLUMN number TO plate_number;
-- expect: column-of-missing-table: trucks has no column number
ALTER TABLE trucks ALTER COLUMN colour SET DEFAULT 'blue', DROP CONSTRAINT long;
--                 ^ expect: column-of-missing-table: no column colour
--                                                         ^ expect: column-of-missing-table: no constraint long
CREATE INDEX ON trucks (plate, colour);
-- expect: column-of-missing-table
ALTER TABLE trucks ADD CONSTRAINT one UNIQUE (colour);
-- expect: column-of-missing-table
ALTER TABLE trucks DROP COLUMN plate;
DROP INDEX trucks_plate_idx;
-- expect: column-of-missing-table: trucks_plate_idx was dropped or renamed
DROP TABLE old_trucks;
-- expect: column-of-missing-table
