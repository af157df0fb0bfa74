-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE trucks DROP CONSTRAINT trucks_pkey;
-- expect: dropping-primary-key: trucks
ALTER TABLE trucks ADD CONSTRAINT trucks_pkey PRIMARY KEY (plate);
