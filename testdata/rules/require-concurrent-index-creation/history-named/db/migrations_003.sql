-- +goose Up
-- name: FindById :exec
CREATE INDEX authors_id_idx ON authors (id, name);
-- expect: require-concurrent-index-creation
