-- +goose Up
CREATE TABLE kennels (id bigint PRIMARY KEY, owner text, city text);
CREATE INDEX kennels_owner_idx ON kennels (owner);

-- expect: duplicate-index
CREATE INDEX kennels_city_idx ON kennels (city);

-- expect: duplicate-index

-- +goose Down

DROP INDEX kennels_owner_idx;

DROP TABLE kennels;
