-- It names the table that is not locked yet, and locks the other one as well.
BEGIN;
ALTER TABLE depots ADD COLUMN opened date;
ALTER TABLE hauls DROP CONSTRAINT hauls_depot_id_fkey;
-- expect: multiple-strong-locks: The two tables of a foreign key are locked together
COMMIT;
