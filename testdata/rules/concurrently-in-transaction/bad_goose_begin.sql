-- +goose NO TRANSACTION
-- +goose Up
DROP INDEX CONCURRENTLY IF EXISTS ships_tonnes_idx;
BEGIN;
CREATE INDEX CONCURRENTLY ships_tonnes_idx ON ships (tonnes);
-- expect: concurrently-in-transaction
COMMIT;
-- +goose Down
-- +goose StatementBegin
DROP INDEX CONCURRENTLY ships_tonnes_idx;
-- +goose StatementEnd
