-- The sequence goes with its table, which the slow statement locks as much.
BEGIN;
ALTER TABLE stubs RENAME TO tickets;
ALTER SEQUENCE stubs_id_seq RENAME TO tickets_id_seq;
ALTER TABLE tickets ALTER COLUMN price TYPE numeric;
COMMIT;
