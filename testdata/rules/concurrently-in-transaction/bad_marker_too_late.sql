-- config: assume-in-transaction
SET lock_timeout = '1s';
-- no-transaction
CREATE INDEX CONCURRENTLY ships_tonnes_idx ON ships (tonnes);
-- expect: concurrently-in-transaction
