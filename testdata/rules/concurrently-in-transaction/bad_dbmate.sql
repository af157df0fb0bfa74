-- migrate:up
CREATE INDEX CONCURRENTLY ships_tonnes_idx ON ships (tonnes);
-- expect: concurrently-in-transaction

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY ships_tonnes_idx;
-- ok: concurrently-in-transaction
