-- What is slow comes first.
BEGIN;
CREATE INDEX trucks_plate_idx ON trucks (plate);
ALTER TABLE trucks ADD COLUMN class text;
COMMIT;

-- The slow statement itself takes as much.
BEGIN;
ALTER TABLE trucks ADD COLUMN note text;
ALTER TABLE trucks ALTER COLUMN mileage TYPE bigint;
COMMIT;

-- The index is of a table that nobody knows.
BEGIN;
ALTER TABLE depots ADD COLUMN zone text;
CREATE TABLE ramps (id bigint PRIMARY KEY, depot_id bigint);
CREATE INDEX ramps_depot_idx ON ramps (depot_id);
COMMIT;

-- Only an instant each.
BEGIN;
ALTER TABLE trips ADD COLUMN ended date;
ALTER TABLE depots ADD COLUMN size integer;
COMMIT;

-- Committed in between.
BEGIN;
ALTER TABLE trips ADD COLUMN note text;
COMMIT;
CREATE INDEX trips_truck_idx ON trips (truck_id);

-- What is locked is dropped before the end.
BEGIN;
ALTER TABLE yard."Trailers" DROP COLUMN truck_id;
CREATE INDEX trips_began_idx ON trips (began);
DROP TABLE IF EXISTS yard."Trailers";
COMMIT;
