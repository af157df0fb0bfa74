-- +migrate Up
ALTER TABLE trucks ADD COLUMN tare integer;

-- +migrate Up
CREATE INDEX trips_began_idx ON trips (began);
-- expect: statement-after-strong-lock: Nobody can use trucks while trips gets its index
