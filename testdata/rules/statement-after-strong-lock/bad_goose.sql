-- +goose Up
ALTER TABLE trips ADD COLUMN checked_by bigint;
-- +goose StatementBegin
CREATE FUNCTION checked() RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
-- +goose StatementEnd
CREATE INDEX trips_checked_idx ON trips (checked_by);
-- expect: statement-after-strong-lock
