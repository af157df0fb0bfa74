-- +migrate Up notransaction
CREATE INDEX CONCURRENTLY cellars_down_idx ON cellars (id);
-- +migrate Down
DROP INDEX CONCURRENTLY cellars_down_idx;
-- expect: concurrently-in-transaction
