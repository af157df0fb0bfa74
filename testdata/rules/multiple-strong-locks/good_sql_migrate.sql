-- +migrate Up notransaction
ALTER TABLE trucks ADD COLUMN tare integer;

-- Each statement is by itself, in this part as well.
-- +migrate Up
ALTER TABLE depots ADD COLUMN dock integer;
