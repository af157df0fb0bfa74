-- These let writes pass, or should be left to end.
CREATE INDEX CONCURRENTLY trips_truck_idx ON trips (truck_id);
ALTER TABLE trips VALIDATE CONSTRAINT trips_began;
UPDATE trips SET truck_id = NULL WHERE truck_id = 0;
CREATE TEMP TABLE moved (id bigint);
ALTER TABLE moved ADD COLUMN at date;
