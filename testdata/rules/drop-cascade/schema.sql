CREATE SCHEMA yard;
CREATE TABLE depots (id bigint PRIMARY KEY, city text);
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text NOT NULL, depot_id bigint REFERENCES depots, mileage integer);
CREATE TABLE yard."Trailers" (id bigint, truck_id bigint, axles integer NOT NULL);
CREATE TABLE legs (id bigint, began date NOT NULL) PARTITION BY RANGE (began);
CREATE TABLE legs_2025 PARTITION OF legs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE MATERIALIZED VIEW loads AS SELECT depot_id, count(*) AS n FROM trucks GROUP BY 1;
CREATE VIEW old_trucks AS SELECT * FROM trucks WHERE mileage > 100000;
CREATE TABLE trips (truck_id bigint REFERENCES trucks);
