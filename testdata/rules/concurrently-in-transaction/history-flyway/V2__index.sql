-- Flyway sees for itself that this wants no transaction.
CREATE INDEX CONCURRENTLY ramps_depot_idx ON ramps (depot_id);
