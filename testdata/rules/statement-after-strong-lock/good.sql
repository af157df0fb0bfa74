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

-- backfill-in-schema-transaction says it.
BEGIN;
ALTER TABLE trucks ADD COLUMN axles integer;
UPDATE trucks SET axles = 2;
DELETE FROM trucks WHERE mileage IS NULL;
COMMIT;

-- An index may find them: a key, one of a condition or an expression, one of
-- another method; a column or a table that nobody knows.
BEGIN;
ALTER TABLE depots ADD COLUMN height integer;
UPDATE trucks SET mileage = 0 WHERE id < 1000 AND retired;
UPDATE fares SET price = 1 WHERE zone = 'a';
UPDATE fares SET price = 1 WHERE price IS NULL;
UPDATE fares SET price = 1 WHERE lower(town) = 'bern';
DELETE FROM fares WHERE tags @> '{old}';
DELETE FROM fares WHERE false;
UPDATE trucks SET mileage = 0 WHERE nobody_knows = 1;
UPDATE trucks SET mileage = 0 FROM strangers s WHERE mileage = s.mileage;
UPDATE one_row SET rate = 2;
COMMIT;
