-- +goose Up
ALTER TYPE kind ADD VALUE 'load';
CREATE INDEX stops_load_idx ON stops (id) WHERE kind = 'load';
-- expect: enum-value-in-transaction: 'load'
