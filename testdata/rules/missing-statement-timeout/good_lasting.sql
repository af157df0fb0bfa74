-- These let writes pass and must be let to end.
CREATE INDEX CONCURRENTLY trips_truck_idx ON trips (truck_id);
UPDATE trips SET truck_id = NULL WHERE truck_id = 0;
