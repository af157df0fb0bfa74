CREATE TABLE ramps (id bigint PRIMARY KEY, depot_id bigint);
CREATE INDEX CONCURRENTLY ramps_depot_idx ON ramps (depot_id);
-- expect: concurrently-in-transaction
