-- +goose Up
CREATE TABLE stalls (id bigint PRIMARY KEY, horse text);
CREATE INDEX stalls_id_idx ON stalls (id);
-- expect: redundant-primary-key-index

-- +goose Down
DROP INDEX stalls_id_idx;
DROP TABLE stalls;
