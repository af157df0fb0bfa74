-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE sheds ADD FOREIGN KEY (owner_id) REFERENCES growers (id);
-- expect: foreign-key-without-index: CREATE INDEX CONCURRENTLY ON sheds (owner_id); in a migration of its own, outside of a transaction: goose runs each migration in a transaction; put '-- +goose NO TRANSACTION'
ALTER TABLE crops ADD FOREIGN KEY (owner_id) REFERENCES growers (id);
-- expect: foreign-key-without-index: CREATE INDEX ON ONLY crops (owner_id); build one with CONCURRENTLY on each partition
