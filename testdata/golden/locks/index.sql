-- Nobody saw these being made: which table is locked is not known.
DROP INDEX trucks_axles_idx;
DROP INDEX IF EXISTS trucks_doors_idx, trucks_wheels_idx;
REINDEX INDEX trucks_colour_idx;
-- Seen, and gone.
CREATE INDEX trucks_plate_idx ON trucks (plate);
DROP INDEX trucks_plate_idx;
DROP INDEX IF EXISTS trucks_plate_idx;
DROP TABLE legs;
DROP TABLE IF EXISTS legs;
