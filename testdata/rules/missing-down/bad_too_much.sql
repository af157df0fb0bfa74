-- +migrate Up
ALTER TABLE trucks ADD COLUMN colour text;
CREATE TABLE IF NOT EXISTS depots (id bigint PRIMARY KEY);
-- +migrate Down

-- expect: missing-down: Down drops the table depots
DROP TABLE depots;
ALTER TABLE trucks DROP COLUMN colour;
