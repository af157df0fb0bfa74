-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text);
-- expect: not-idempotent
ALTER TABLE trucks ADD COLUMN colour text;
-- expect: not-idempotent
CREATE INDEX trucks_colour_idx ON trucks (colour);
-- expect: not-idempotent
DROP INDEX CONCURRENTLY old_idx;
-- expect: not-idempotent: fails here
ALTER TABLE depots DROP COLUMN land;
-- expect: not-idempotent
DROP MATERIALIZED VIEW sums;
-- expect: not-idempotent
SELECT 1;
