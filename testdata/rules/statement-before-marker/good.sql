-- one index, built beside the writes
-- +goose NO TRANSACTION

/* goose reads on
   until it finds its marker; */ ;
-- +goose Up
CREATE INDEX CONCURRENTLY harvests_field_idx ON harvests (field_id);
-- +goose Down
DROP INDEX CONCURRENTLY harvests_field_idx;
