-- Both are locked before anything is changed.
BEGIN;
LOCK TABLE trucks IN ACCESS EXCLUSIVE MODE;
LOCK TABLE depots;
ALTER TABLE depots ADD COLUMN dock integer;
ALTER TABLE trucks ADD COLUMN tare integer;
COMMIT;

-- A sequence goes with the table that it numbers.
BEGIN;
ALTER TABLE tickets ALTER COLUMN id DROP DEFAULT;
DROP SEQUENCE tickets_id_seq;
COMMIT;

BEGIN;
ALTER SEQUENCE seals_number_seq RENAME TO seals_no_seq;
ALTER TABLE seals RENAME COLUMN number TO no;
COMMIT;

BEGIN;
ALTER TABLE crates RENAME TO boxes;
ALTER TABLE crate_numbers RENAME TO box_numbers;
COMMIT;
