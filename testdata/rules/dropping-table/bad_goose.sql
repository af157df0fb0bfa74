-- +goose Up
CREATE TABLE axles (id bigint PRIMARY KEY);
-- +goose Down
DROP TABLE axles;
-- expect: dropping-table: axles
