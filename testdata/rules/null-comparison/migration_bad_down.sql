-- +goose Up
UPDATE crates SET label = '' WHERE label IS NULL;
-- +goose Down
UPDATE crates SET label = NULL WHERE label = NULL;
--                                   ^ expect: null-comparison: WHERE keeps
