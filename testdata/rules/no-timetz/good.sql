CREATE TABLE trips (id bigint, opens time, zone text, at timestamptz);
ALTER TABLE trips ADD COLUMN seen time;
CREATE TEMP TABLE moved (at timetz);
