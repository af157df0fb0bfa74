-- tusklint: ignore[statement-before-marker] read by a test, not by goose
SELECT 1;
-- +goose Up
CREATE TABLE harvests (id bigint PRIMARY KEY);
-- +goose Down
DROP TABLE harvests;
