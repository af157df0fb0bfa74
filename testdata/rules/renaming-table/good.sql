CREATE TABLE ramps (id bigint PRIMARY KEY);
ALTER TABLE ramps RENAME TO gates;
ALTER INDEX trucks_pkey RENAME TO lorries_pkey;
CREATE TEMP TABLE moved (id bigint);
ALTER TABLE moved RENAME TO gone;
-- The old name stays, as a view or as a table that takes its place.
BEGIN;
ALTER TABLE trucks RENAME TO lorries;
CREATE OR REPLACE VIEW public.trucks AS SELECT * FROM lorries;
COMMIT;
ALTER TABLE yard."Trailers" RENAME TO trailers_old;
CREATE TABLE IF NOT EXISTS yard."Trailers" (id bigint) PARTITION BY HASH (id);
CREATE SEQUENCE numbers;
ALTER SEQUENCE numbers RENAME TO counts;
-- nobody knows the table yet
CREATE TABLE fresh (id bigint PRIMARY KEY);
ALTER TABLE fresh SET SCHEMA yard;
