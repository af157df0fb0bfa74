-- One row, by its key.
BEGIN;
ALTER TABLE trucks ADD COLUMN note text;
UPDATE trucks SET note = 'first' WHERE id = 1;
COMMIT;
