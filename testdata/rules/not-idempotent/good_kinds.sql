-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE IF NOT EXISTS depots (id bigint, city text, CONSTRAINT depots_pkey PRIMARY KEY (id));
ALTER TABLE trucks
    DROP CONSTRAINT IF EXISTS plate_given,
    ADD CONSTRAINT plate_given CHECK (plate <> '') NOT VALID;
-- In one statement both happen or none.
ALTER TABLE depots DROP CONSTRAINT depots_pkey, ADD CONSTRAINT depots_pkey PRIMARY KEY (id, city);
-- PostgreSQL chooses another name the second time.
ALTER TABLE trucks ADD CHECK (plate <> 'none') NOT VALID;
CREATE INDEX ON trucks (plate);
CREATE MATERIALIZED VIEW IF NOT EXISTS sums AS SELECT count(*) FROM trucks;
CREATE TABLE IF NOT EXISTS copies AS SELECT * FROM trucks;
CREATE OR REPLACE VIEW plates AS SELECT plate FROM trucks;
DROP TYPE IF EXISTS axle, public."Fuel" CASCADE;
CREATE TYPE "Fuel" AS ENUM ('diesel', 'gas');
ALTER TYPE colour ADD VALUE IF NOT EXISTS 'teal';
CREATE OR REPLACE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM trucks';
CREATE OR REPLACE TRIGGER trucks_seen AFTER INSERT ON trucks FOR EACH ROW EXECUTE FUNCTION seen();
DROP TRIGGER IF EXISTS trucks_left ON trucks;
CREATE TRIGGER trucks_left AFTER DELETE ON trucks FOR EACH ROW EXECUTE FUNCTION seen();
DROP POLICY IF EXISTS own_trucks ON trucks;
CREATE POLICY own_trucks ON trucks USING (owner = current_user);
ALTER POLICY own_trucks ON trucks USING (true);
-- Made before it goes: made again the next time.
ALTER TABLE trucks DROP CONSTRAINT IF EXISTS weighed;
ALTER TABLE trucks ADD CONSTRAINT weighed CHECK (weight IS NOT NULL) NOT VALID;
ALTER TABLE trucks VALIDATE CONSTRAINT weighed;
ALTER TABLE trucks DROP CONSTRAINT weighed;
DROP EXTENSION IF EXISTS hstore;
SELECT 1;
