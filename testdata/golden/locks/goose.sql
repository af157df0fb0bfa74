-- +goose Up
ALTER TABLE trucks ADD COLUMN note text;
CREATE INDEX trucks_note_idx ON trucks (note);
-- +goose Down
DROP INDEX trucks_note_idx;
ALTER TABLE trucks DROP COLUMN note;
