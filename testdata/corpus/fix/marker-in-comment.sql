-- +goose Up
SELECT 1;
/* tusklint: ignore[TL101] small
-- +goose Down
DROP INDEX a_idx; */
