-- A foreign key is made anew with either of its columns.
ALTER TABLE trucks ALTER COLUMN depot_id TYPE integer;
ALTER TABLE depots ALTER COLUMN id TYPE bigint;
DROP TABLE depots CASCADE;
