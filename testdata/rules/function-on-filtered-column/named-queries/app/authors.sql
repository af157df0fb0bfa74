-- config: select=all
-- name: GetAuthor :one
SELECT sqlc.embed(authors) FROM authors WHERE lower(name) = @name LIMIT 1;
--                                            ^ expect: function-on-filtered-column

-- name: ListAuthors :many
SELECT id FROM authors
 WHERE country = @country::text AND id = ANY (@ids::bigint[]) ORDER BY id;

-- name: RenameAuthor :execrows
UPDATE authors SET name = sqlc.arg(name) WHERE lower(name) = sqlc.arg('old');
--                                             ^ expect: function-on-filtered-column

-- name: DeleteAuthors :exec
DELETE FROM authors
 WHERE id IN (sqlc.slice(ids)) OR country = sqlc.narg('country');
--     ^ expect: or-across-columns
