BEGIN;
ALTER TABLE trucks ADD COLUMN class text;
UPDATE trucks SET class = 'heavy' WHERE mileage > 100000;
-- expect: backfill-in-schema-transaction: trucks
COMMIT;

BEGIN;
ALTER TABLE yard."Trailers" DROP COLUMN axles;
COMMENT ON TABLE yard."Trailers" IS 'without axles';
DELETE FROM yard."Trailers" WHERE truck_id IS NULL;
-- expect: backfill-in-schema-transaction: yard."Trailers"
COMMIT;

-- The savepoint was behind the lock.
BEGIN;
ALTER TABLE depots RENAME COLUMN city TO town;
SAVEPOINT renamed;
ALTER TABLE depots ADD COLUMN zone text;
ROLLBACK TO renamed;
WITH empty AS (SELECT id FROM trips)
-- expect: backfill-in-schema-transaction: depots
UPDATE depots SET town = NULL WHERE id IN (SELECT id FROM empty);
COMMIT;

-- A lock on the partitioned table reaches its partitions.
BEGIN;
ALTER TABLE legs ADD COLUMN km integer;
UPDATE legs_2025 SET km = 0;
-- expect: backfill-in-schema-transaction: legs_2025
COMMIT;
