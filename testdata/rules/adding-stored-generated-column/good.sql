CREATE TABLE ramps (id bigint, twice bigint GENERATED ALWAYS AS (id * 2) STORED);
ALTER TABLE ramps ADD COLUMN thrice bigint GENERATED ALWAYS AS (id * 3) STORED;
ALTER TABLE trucks ADD COLUMN miles integer;
CREATE INDEX CONCURRENTLY trucks_miles_idx ON trucks ((mileage * 5 / 8));
CREATE TEMP TABLE moved (id bigint);
ALTER TABLE moved ADD COLUMN b bigint GENERATED ALWAYS AS (id) STORED;
