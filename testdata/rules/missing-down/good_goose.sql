-- +goose Up
CREATE TABLE trailers (id bigint PRIMARY KEY);
CREATE INDEX ON trailers (id);
ALTER TABLE trucks ADD COLUMN colour text;
ALTER TABLE trucks RENAME COLUMN plate TO number;
CREATE OR REPLACE VIEW all_trucks AS SELECT id FROM trucks;
-- +goose Down
DROP VIEW all_trucks;
ALTER TABLE trucks RENAME COLUMN number TO plate;
ALTER TABLE trucks DROP COLUMN colour;
DROP TABLE trailers;
