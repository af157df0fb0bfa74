-- IF EXISTS knows
ALTER TABLE IF EXISTS old_trucks ADD COLUMN city text;
DROP TABLE IF EXISTS old_trucks;
ALTER TABLE trucks DROP COLUMN IF EXISTS colour;
ALTER TABLE trucks DROP CONSTRAINT IF EXISTS long;
-- never seen: it may be another history's
ALTER TABLE users ADD COLUMN city text;
ALTER TABLE users DROP COLUMN name, DROP CONSTRAINT users_name_key;
DROP INDEX users_name_idx;
-- names that PostgreSQL chose
ALTER TABLE trucks DROP CONSTRAINT trucks_depot_id_fkey;
ALTER TABLE trucks DROP CONSTRAINT short;
-- made in the same statement
ALTER TABLE trucks ADD COLUMN colour text, ADD CONSTRAINT colourful CHECK (colour <> ''), ADD UNIQUE (colour);
ALTER TABLE trucks ALTER COLUMN colour SET NOT NULL;
-- made again after it was dropped
CREATE TABLE old_trucks (id bigint PRIMARY KEY);
ALTER TABLE old_trucks ADD COLUMN city text;
-- a block changes the table in a way that cannot be read
DO $$ BEGIN EXECUTE format('ALTER TABLE shared ADD COLUMN %I text', 'a' || 'b'); END $$;
ALTER TABLE shared DROP COLUMN ab;
