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
