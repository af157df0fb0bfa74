CREATE TABLE depots (id bigint PRIMARY KEY, city text);
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text, depot_id bigint REFERENCES depots, mileage integer);
CREATE TABLE legs (id bigint, began date NOT NULL) PARTITION BY RANGE (began);
CREATE TABLE legs_2025 PARTITION OF legs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
