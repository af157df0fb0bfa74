-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY cellars_id_idx ON cellars (id);
-- +goose Down
DROP INDEX CONCURRENTLY cellars_id_idx;
