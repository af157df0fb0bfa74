CREATE TABLE ramps (id bigint PRIMARY KEY);
ALTER TABLE ramps ADD COLUMN depot_id bigint;
SET statement_timeout = '30s';
ALTER TABLE trucks ADD COLUMN class text;
