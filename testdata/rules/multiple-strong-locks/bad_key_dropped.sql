-- Alone in its migration the second statement would lock both tables, too.
BEGIN;
ALTER TABLE hauls ADD COLUMN weight integer;
ALTER TABLE hauls DROP CONSTRAINT hauls_depot_id_fkey;
-- expect: multiple-strong-locks: locked together: give each such statement a migration of its own
COMMIT;
