-- +goose Up
CREATE TABLE trailers (id bigint PRIMARY KEY);
-- expect: missing-down: Down leaves the table trailers
ALTER TABLE trucks ADD COLUMN colour text, ADD COLUMN brand text;
--                                         ^ expect: missing-down: Down leaves the column trucks.brand
CREATE VIEW blue AS SELECT id FROM trucks WHERE colour = 'blue';
-- expect: missing-down: Down leaves the view blue
-- +goose Down
DROP TABLE IF EXISTS trailer;
ALTER TABLE trucks DROP COLUMN IF EXISTS colour;
