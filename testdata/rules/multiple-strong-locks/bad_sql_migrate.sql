-- +migrate Up
ALTER TABLE trucks ADD COLUMN tare integer;

-- sql-migrate runs this with the part above, in one transaction.
-- +migrate Up
SET lock_timeout = '2s';
ALTER TABLE depots ADD COLUMN dock integer;
-- expect: multiple-strong-locks: holds such a lock on trucks

-- +migrate StatementBegin
ALTER TABLE trips ADD COLUMN toll numeric;
-- +migrate StatementEnd

-- +migrate Down
ALTER TABLE trips DROP COLUMN toll;

-- +migrate Down
ALTER TABLE depots DROP COLUMN dock;
-- expect: multiple-strong-locks: holds such a lock on trips
