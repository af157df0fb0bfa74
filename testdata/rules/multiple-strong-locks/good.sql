-- One table, several times.
BEGIN;
ALTER TABLE trucks ADD COLUMN class text;
ALTER TABLE trucks ALTER COLUMN class SET DEFAULT 'light';
COMMIT;

-- Each by itself.
ALTER TABLE trucks ADD COLUMN note text;
ALTER TABLE depots ADD COLUMN zone text;

-- The second is new.
BEGIN;
CREATE TABLE fuel_stops (id bigint PRIMARY KEY, litres integer);
ALTER TABLE trips ADD COLUMN ended date;
ALTER TABLE fuel_stops ADD COLUMN price numeric;
COMMIT;

-- Nobody reads what is dropped.
BEGIN;
DROP TABLE depots;
ALTER TABLE trucks DROP COLUMN depot_id;
COMMIT;

-- A partitioned table and its partitions are one.
BEGIN;
ALTER TABLE legs ADD COLUMN km integer;
ALTER TABLE legs_2025 ALTER COLUMN km SET STATISTICS 500;
COMMIT;

-- Weaker locks let readers pass.
BEGIN;
CREATE INDEX trips_truck_idx ON trips (truck_id);
CREATE INDEX trucks_plate_idx ON trucks (plate);
COMMIT;

-- Both are gone at the end.
BEGIN;
ALTER TABLE trips DROP COLUMN began;
ALTER TABLE yard."Trailers" DROP COLUMN axles;
DROP TABLE trips, yard."Trailers";
COMMIT;
