UPDATE trips SET truck_id = NULL WHERE truck_id = 0;
CREATE INDEX CONCURRENTLY trips_truck_idx ON trips (truck_id);
SET statement_timeout = '1min';
SET lock_timeout = 1000;
