-- The table goes, but the lock on the one that it pointed at stays.
BEGIN;
ALTER TABLE fields DROP COLUMN area;
DROP TABLE fields;
CREATE INDEX crops_sown_idx ON crops (sown);
-- expect: statement-after-strong-lock: Nobody can use farms
COMMIT;
