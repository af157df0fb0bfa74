-- +goose Up
ALTER TABLE fields ADD COLUMN note text;
-- +goose Down
ALTER TABLE fields DROP COLUMN soil;
-- expect: dropping-column
