CREATE INDEX CONCURRENTLY IF NOT EXISTS trucks_plate_idx ON trucks (plate);
-- expect: concurrent-index-without-if-not-exists: trucks_plate_idx
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "Plate" ON trucks (lower(plate));
-- expect: concurrent-index-without-if-not-exists: "Plate"
DROP INDEX CONCURRENTLY IF EXISTS another_idx;
CREATE INDEX CONCURRENTLY IF NOT EXISTS trucks_mileage_idx ON trucks (mileage);
-- expect: concurrent-index-without-if-not-exists: trucks_mileage_idx
