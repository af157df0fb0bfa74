CREATE INDEX CONCURRENTLY trips_late ON yard.trips (at, lower(km::text)) INCLUDE (km) WHERE km > 100;
ALTER TABLE yard.trips ADD CONSTRAINT km_known CHECK (km IS NOT NULL) NOT VALID;
ALTER TABLE yard.trucks DROP COLUMN tags;
ALTER TYPE yard.state ADD VALUE 'old';
CREATE VIEW yard.late AS SELECT id, at AS late_at FROM yard.trips;
