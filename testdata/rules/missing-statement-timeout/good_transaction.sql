BEGIN;
SET LOCAL statement_timeout = 2000;
ALTER TABLE trips ADD COLUMN note text;
COMMIT;
