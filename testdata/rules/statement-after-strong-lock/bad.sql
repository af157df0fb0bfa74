BEGIN;
ALTER TABLE trucks ADD COLUMN class text;
CREATE INDEX trucks_class_idx ON trucks (class);
-- expect: statement-after-strong-lock: Nobody can use trucks while it gets its index
COMMIT;

-- The transaction's first slow statement says it for all.
BEGIN;
ALTER TABLE depots RENAME COLUMN city TO town;
ALTER TABLE trips ADD CONSTRAINT trips_began CHECK (began > '2000-01-01');
-- expect: statement-after-strong-lock: trips is read whole
ALTER TABLE trips ADD CONSTRAINT trips_ended CHECK (began < '2100-01-01');
COMMIT;

BEGIN;
ALTER TABLE yard."Trailers" DROP COLUMN truck_id;
ALTER TABLE trucks ALTER COLUMN mileage TYPE bigint;
-- expect: statement-after-strong-lock: trucks is rewritten
COMMIT;

-- Rows of another table, all of them.
BEGIN;
ALTER TABLE trucks ADD COLUMN wheels integer;
UPDATE depots SET city = upper(city);
-- expect: statement-after-strong-lock: Nobody can use trucks while depots is written whole
COMMIT;

BEGIN;
ALTER TABLE trucks ADD COLUMN doors integer;
DELETE FROM trips;
-- expect: statement-after-strong-lock: trips is emptied row by row
COMMIT;

-- No index helps to find them.
BEGIN;
ALTER TABLE depots ADD COLUMN size integer;
UPDATE trucks SET retired = true WHERE mileage > 1000000 AND retired IS NULL;
-- expect: statement-after-strong-lock: trucks is read whole
COMMIT;

BEGIN;
ALTER TABLE depots ADD COLUMN phone text;
DELETE FROM yard."Trailers" USING trucks WHERE "Trailers".axles = trucks.mileage AND trucks.retired;
-- expect: statement-after-strong-lock: yard."Trailers" is read whole
COMMIT;

-- Of the table's own rows another rule speaks; the index comes after them.
BEGIN;
ALTER TABLE trucks ADD COLUMN colour text;
UPDATE trucks SET colour = 'white';
CREATE INDEX trucks_colour_idx ON trucks (colour);
-- expect: statement-after-strong-lock: Nobody can use trucks while it gets its index
COMMIT;
