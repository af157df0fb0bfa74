-- What WITH changes is changed, too.
BEGIN;
ALTER TABLE trucks ADD COLUMN class text;
WITH old AS (UPDATE trucks SET class = 'old' WHERE mileage > 900000 RETURNING id)
-- expect: backfill-in-schema-transaction: trucks
SELECT count(*) FROM old;
COMMIT;
