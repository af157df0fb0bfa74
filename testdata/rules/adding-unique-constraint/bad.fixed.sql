CREATE UNIQUE INDEX CONCURRENTLY trucks_plate_key ON trucks (plate);
ALTER TABLE trucks ADD CONSTRAINT trucks_plate_key UNIQUE USING INDEX trucks_plate_key;
-- expect: adding-unique-constraint: trucks
ALTER TABLE yard."Trailers" ADD UNIQUE (truck_id, axles);
-- expect: adding-unique-constraint: yard."Trailers"
ALTER TABLE depots ADD COLUMN code text UNIQUE;
-- expect: adding-unique-constraint: depots
ALTER TABLE nobody ADD CONSTRAINT knows UNIQUE (it) DEFERRABLE;
-- expect: adding-unique-constraint: nobody
