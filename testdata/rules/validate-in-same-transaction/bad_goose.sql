-- +goose Up
ALTER TABLE depots ADD CONSTRAINT named CHECK (city <> '') NOT VALID;
ALTER TABLE depots VALIDATE CONSTRAINT named;
-- expect: validate-in-same-transaction: named
