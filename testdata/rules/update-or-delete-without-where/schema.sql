CREATE SCHEMA yard;
CREATE TABLE depots (id bigint PRIMARY KEY, city text);
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text NOT NULL, depot_id bigint REFERENCES depots, mileage integer);
CREATE TABLE yard."Trailers" (id bigint, truck_id bigint, axles integer NOT NULL);
CREATE TABLE legs (id bigint, began date NOT NULL) PARTITION BY RANGE (began);
CREATE TABLE legs_2025 PARTITION OF legs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE MATERIALIZED VIEW loads AS SELECT depot_id, count(*) AS n FROM trucks GROUP BY 1;
CREATE VIEW old_trucks AS SELECT * FROM trucks WHERE mileage > 100000;
CREATE TABLE site (visits bigint);
-- One row each: the key can have one value.
CREATE TABLE office (id integer PRIMARY KEY CHECK (id = 1), opens time);
CREATE TABLE mail (one boolean DEFAULT true NOT NULL UNIQUE CHECK (one), host text);
CREATE TABLE leader ("Name" text CONSTRAINT one_leader CHECK (("Name")::text = 'main'::text), PRIMARY KEY ("Name"), since date);
-- NULL stays possible, or rows from before, or other values.
CREATE TABLE nulls (id integer UNIQUE CHECK (id = 1), n int);
CREATE TABLE early (id integer PRIMARY KEY, n int);
ALTER TABLE early ADD CONSTRAINT one CHECK (id = 1) NOT VALID;
CREATE TABLE ranged (id integer PRIMARY KEY CHECK (id >= 1), n int);
CREATE TABLE two (id integer PRIMARY KEY CHECK (id = 1 OR id = 2), n int);
CREATE TABLE ids (id integer PRIMARY KEY CHECK (id = n), n int);
