-- written above the marker, and not below it

SET lock_timeout = '5s';
-- expect: statement-before-marker
ALTER TABLE harvests ADD COLUMN grade text;
-- +goose Up
ALTER TABLE harvests ADD COLUMN note text;
-- +goose Down
ALTER TABLE harvests DROP COLUMN note, DROP COLUMN grade;
