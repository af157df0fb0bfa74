-- name: FindByName :exec
CREATE INDEX authors_name_idx ON authors (name);
-- expect: require-concurrent-index-creation
