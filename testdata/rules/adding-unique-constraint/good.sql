CREATE UNIQUE INDEX CONCURRENTLY trucks_plate_key ON trucks (plate);
ALTER TABLE trucks ADD CONSTRAINT trucks_plate_key UNIQUE USING INDEX trucks_plate_key;
CREATE TABLE ramps (id bigint UNIQUE, depot_id bigint);
ALTER TABLE ramps ADD UNIQUE (depot_id);
CREATE TEMP TABLE moved (id bigint);
ALTER TABLE moved ADD UNIQUE (id);
TRUNCATE yard."Trailers";
ALTER TABLE yard."Trailers" ADD UNIQUE (truck_id);
