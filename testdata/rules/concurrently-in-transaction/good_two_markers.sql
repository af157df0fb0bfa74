-- +migrate Up
SET lock_timeout = '2s';
-- +migrate Up notransaction
CREATE INDEX CONCURRENTLY cellars_id_idx ON cellars (id);
