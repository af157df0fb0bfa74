BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE trucks ADD COLUMN class text;
COMMIT;
ALTER TABLE depots ADD COLUMN zone text;
-- expect: missing-lock-timeout: depots
