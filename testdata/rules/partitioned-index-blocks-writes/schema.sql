CREATE SCHEMA yard;
CREATE TABLE legs (id bigint, began date NOT NULL, km integer) PARTITION BY RANGE (began);
CREATE TABLE legs_2025 PARTITION OF legs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE yard."Stops" (id bigint, kind text NOT NULL, note text) PARTITION BY LIST (kind);
CREATE TABLE yard."Stops_fuel" PARTITION OF yard."Stops" FOR VALUES IN ('fuel');
CREATE TABLE yard."Stops_rest" PARTITION OF yard."Stops" DEFAULT;
CREATE TABLE plans (id bigint, began date) PARTITION BY RANGE (began);
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text NOT NULL, mileage integer);
CREATE TABLE legs_2024 (id bigint, began date NOT NULL, km integer);
CREATE TABLE legs_2023 (id bigint, began date NOT NULL, km integer,
    CONSTRAINT fits CHECK (began >= '2023-01-01' AND began < '2024-01-01'));
CREATE TABLE stops_wash (id bigint, kind text NOT NULL, CHECK (kind = 'wash'));
