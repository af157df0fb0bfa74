-- the same again
CREATE TABLE IF NOT EXISTS trucks (id bigint PRIMARY KEY, plate varchar(10), mileage integer);
-- less than is there
CREATE TABLE IF NOT EXISTS depots (id int8 PRIMARY KEY);
ALTER TABLE trucks ADD COLUMN IF NOT EXISTS mileage int;
CREATE INDEX IF NOT EXISTS trucks_plate_idx ON trucks USING btree (plate);
CREATE INDEX IF NOT EXISTS far_idx ON trucks (mileage) WHERE (mileage > 100000);
-- not there yet
CREATE TABLE IF NOT EXISTS vans (id bigint PRIMARY KEY);
CREATE INDEX IF NOT EXISTS vans_idx ON vans (id);
-- a script that runs on old and new databases: the column is added below
CREATE TABLE IF NOT EXISTS depots (id bigint PRIMARY KEY, city text, country text);
ALTER TABLE depots ADD COLUMN IF NOT EXISTS country text;
-- an error, not a silence: PostgreSQL says so
ALTER TABLE depots RENAME COLUMN country TO land;
