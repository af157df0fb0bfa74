-- +migrate Up notransaction
CREATE INDEX CONCURRENTLY cellars_id_idx ON cellars (id);

-- +migrate Down
DROP INDEX CONCURRENTLY cellars_id_idx;
-- expect: concurrently-in-transaction
