CREATE TABLE trips (id bigint, began date);
ALTER TABLE trips ADD PRIMARY KEY (id);
CREATE TABLE tours (id bigint PRIMARY KEY);
CREATE TEMP TABLE moved (id bigint);
CREATE UNLOGGED TABLE staged (id bigint);
CREATE TABLE gone (id bigint);
DROP TABLE gone;
-- its rows are told apart by another index
CREATE TABLE tolls (id bigint NOT NULL);
CREATE UNIQUE INDEX tolls_key ON tolls (id);
ALTER TABLE tolls REPLICA IDENTITY USING INDEX tolls_key;
-- its parent has the key
CREATE TABLE legs (id bigint, began date, PRIMARY KEY (id, began)) PARTITION BY RANGE (began);
CREATE TABLE legs_2025 PARTITION OF legs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
