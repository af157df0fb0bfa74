DROP INDEX CONCURRENTLY IF EXISTS trucks_plate_idx;
CREATE INDEX CONCURRENTLY trucks_plate_idx ON trucks (plate);
CREATE INDEX IF NOT EXISTS trucks_mileage_idx ON trucks (mileage);
DROP INDEX CONCURRENTLY IF EXISTS trucks_id_idx;
CREATE INDEX CONCURRENTLY IF NOT EXISTS trucks_id_idx ON trucks (id);
