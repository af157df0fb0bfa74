BEGIN;
SET LOCAL statement_timeout = '1min';
COMMIT;
TRUNCATE trips;
-- expect: missing-statement-timeout: trips
