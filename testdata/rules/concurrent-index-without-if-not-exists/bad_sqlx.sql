-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS trucks_mileage_idx ON trucks (mileage);
-- expect: concurrent-index-without-if-not-exists: Leave out IF NOT EXISTS
