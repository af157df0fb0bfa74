CREATE SCHEMA yard;
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text, depot_id bigint, mileage integer, retired boolean);
CREATE TABLE depots (id bigint PRIMARY KEY, city text);
CREATE TABLE yard."Trailers" (id bigint PRIMARY KEY, truck_id bigint, axles integer);
CREATE TABLE trips (id bigint PRIMARY KEY, truck_id bigint, began date NOT NULL);
CREATE TABLE legs (id bigint, began date NOT NULL) PARTITION BY RANGE (began);
CREATE TABLE legs_2025 PARTITION OF legs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
