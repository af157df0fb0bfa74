-- dbmate sends what it does not wrap as one command, and PostgreSQL wraps that.
-- migrate:up transaction:false
SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY ramps_depot_idx ON ramps (depot_id);
-- expect: concurrently-in-transaction: CREATE INDEX CONCURRENTLY
-- migrate:down
SELECT 1;
