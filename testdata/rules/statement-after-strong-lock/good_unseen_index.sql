-- Of an index that nobody saw being made the table is not known, and that it is
-- made again does not tell.
BEGIN;
DROP INDEX IF EXISTS legs_began_idx;
CREATE INDEX legs_began_idx ON ONLY legs (began);
UPDATE trucks SET mileage = 0;
COMMIT;
