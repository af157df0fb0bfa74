CREATE INDEX CONCURRENTLY trucks_plate_idx ON trucks (plate);
SET lock_timeout = '5s';
ALTER TABLE trucks ADD COLUMN class text;
-- expect: missing-lock-timeout: trucks
ALTER TABLE depots ADD COLUMN zone text;
