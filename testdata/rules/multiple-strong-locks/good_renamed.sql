-- One table under two names.
BEGIN;
ALTER TABLE trucks RENAME TO lorries;
ALTER TABLE lorries ADD COLUMN wide boolean;
COMMIT;
