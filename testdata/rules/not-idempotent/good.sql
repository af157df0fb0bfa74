-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS trucks (id bigint PRIMARY KEY, plate text);
ALTER TABLE trucks ADD COLUMN IF NOT EXISTS colour text;
DROP INDEX CONCURRENTLY IF EXISTS old_idx;
-- another rule says what IF NOT EXISTS does here
CREATE INDEX CONCURRENTLY trucks_colour_idx ON trucks (colour);
-- in a transaction everything is taken back
BEGIN;
CREATE TABLE vans (id bigint PRIMARY KEY);
COMMIT;
-- nothing behind it
DROP TABLE depots;
