-- +goose NO TRANSACTION
-- +goose Up
-- +goose StatementBegin
ALTER TABLE trucks ADD CONSTRAINT weighed CHECK (weight > 0) NOT VALID;
-- expect: not-idempotent
-- +goose StatementEnd
-- +goose StatementBegin
DROP TYPE IF EXISTS fuel;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TYPE fuel AS ENUM ('diesel');
CREATE TYPE axle AS (weight integer);
-- expect: not-idempotent
-- +goose StatementEnd
ALTER TABLE trucks VALIDATE CONSTRAINT weighed;

-- +goose Down
DROP TYPE fuel;
-- expect: not-idempotent
DROP TYPE axle;
