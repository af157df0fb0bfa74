SELECT set_config('lock_timeout', '500ms', false);
DROP INDEX trips_pkey;
BEGIN;
SET LOCAL lock_timeout TO 1000;
ALTER TABLE trips ADD COLUMN ended date;
COMMIT;
ALTER TABLE trips ADD COLUMN note text;
