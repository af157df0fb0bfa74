-- +goose Up
CREATE TABLE stalls (id bigint PRIMARY KEY, horse text);

-- expect: redundant-primary-key-index

-- +goose Down

DROP TABLE stalls;
