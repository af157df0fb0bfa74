CREATE INDEX trips_truck_idx ON trips (truck_id);
-- expect: missing-lock-timeout: No lock_timeout is set
