ALTER TABLE trucks ADD CONSTRAINT trucks_plate_key UNIQUE (plate);
-- expect: adding-unique-constraint: trucks
ALTER TABLE yard."Trailers" ADD UNIQUE (truck_id, axles);
-- expect: adding-unique-constraint: yard."Trailers"
ALTER TABLE depots ADD COLUMN code text UNIQUE;
-- expect: adding-unique-constraint: depots
ALTER TABLE nobody ADD CONSTRAINT knows UNIQUE (it) DEFERRABLE;
-- expect: adding-unique-constraint: nobody
