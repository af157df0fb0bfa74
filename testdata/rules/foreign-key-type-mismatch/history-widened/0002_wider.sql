ALTER TABLE notes ALTER COLUMN build_id TYPE bigint;
