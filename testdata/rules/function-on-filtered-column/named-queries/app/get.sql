-- name: get-author^
SELECT name FROM authors WHERE upper(name) = :name AND country IN :ids;
--                             ^ expect: function-on-filtered-column

-- name: put-author!
INSERT INTO authors (id, name) VALUES (:id, :name);
