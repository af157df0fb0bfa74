-- +migrate Up
ALTER TABLE trucks ADD COLUMN tare integer;

-- +migrate Up
UPDATE trucks SET tare = 7500 WHERE mileage > 0;
-- expect: backfill-in-schema-transaction: trucks
