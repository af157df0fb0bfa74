CREATE TABLE ramps (id bigint PRIMARY KEY);
ALTER TABLE ramps ADD COLUMN depot_id bigint;
SET lock_timeout = '2s';
ALTER TABLE trucks ADD COLUMN class text;
ALTER TABLE depots ADD COLUMN zone text;
