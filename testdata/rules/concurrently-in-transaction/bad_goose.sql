-- +goose Up
CREATE INDEX CONCURRENTLY cellars_id_idx ON cellars (id);
-- expect: concurrently-in-transaction

-- +goose Down
DROP INDEX CONCURRENTLY cellars_id_idx;
-- expect: concurrently-in-transaction
