-- +goose Up
-- +goose StatementBegin
CREATE TABLE tides (
    id bigint PRIMARY KEY,
    port text NOT NULL
);
-- +goose StatementEnd
-- +goose StatementBegin
CREATE INDEX tides_port_idx ON tides (port);
-- +goose StatementEnd

-- +goose Down
DROP INDEX tides_port_idx;
DROP TABLE tides;
