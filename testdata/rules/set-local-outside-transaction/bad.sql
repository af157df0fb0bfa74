-- +goose NO TRANSACTION
-- +goose Up
SET LOCAL lock_timeout = '2s';
-- expect: set-local-outside-transaction: lock_timeout
CREATE INDEX CONCURRENTLY ramps_id_idx ON ramps (id);
BEGIN;
SET LOCAL lock_timeout = '2s';
COMMIT;
SET LOCAL search_path TO yard;
-- expect: set-local-outside-transaction: search_path
