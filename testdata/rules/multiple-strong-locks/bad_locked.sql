-- Two that LOCK TABLE took: the third is the one that is added.
BEGIN;
LOCK TABLE trucks, depots IN ACCESS EXCLUSIVE MODE;
ALTER TABLE trucks ADD COLUMN tare integer;
ALTER TABLE depots ADD COLUMN dock integer;
ALTER TABLE trips ADD COLUMN toll numeric;
-- expect: multiple-strong-locks: This locks trips against all use while the transaction still holds such a lock on trucks
COMMIT;

-- One that is dropped, and another that a key of it leads to.
BEGIN;
LOCK TABLE hauls IN ACCESS EXCLUSIVE MODE;
LOCK TABLE trucks IN ACCESS EXCLUSIVE MODE;
DROP TABLE hauls;
-- expect: multiple-strong-locks: This locks depots against all use while the transaction still holds such a lock on trucks
ALTER TABLE trucks RENAME TO lorries;
ROLLBACK;

-- Locked behind the first statement, but before the second.
BEGIN;
ALTER TABLE trucks ADD COLUMN width integer;
LOCK TABLE depots IN ACCESS EXCLUSIVE MODE;
ALTER TABLE depots ADD COLUMN ramps integer;
DROP SEQUENCE yard.pallets;
-- expect: multiple-strong-locks: yard.pallets
COMMIT;

-- Others may read what is locked so.
BEGIN;
LOCK TABLE depots IN SHARE MODE;
ALTER TABLE trucks ADD COLUMN height integer;
ALTER TABLE depots ADD COLUMN height integer;
-- expect: multiple-strong-locks: This locks depots
COMMIT;
