SELEC 1;
/* tusklint: ignore[TL101] small
-- +goose Down
DROP INDEX IF EXISTS a_idx; -- */
SELECT 1;
