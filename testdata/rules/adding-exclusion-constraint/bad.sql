ALTER TABLE trucks ADD CONSTRAINT apart EXCLUDE USING gist (depot_id WITH =, int4range(0, mileage) WITH &&);
-- expect: adding-exclusion-constraint: trucks
ALTER TABLE yard."Trailers" ADD EXCLUDE (axles WITH =) WHERE (axles > 2);
-- expect: adding-exclusion-constraint: yard."Trailers"
ALTER TABLE nobody ADD EXCLUDE USING gist (knows WITH &&);
-- expect: adding-exclusion-constraint: nobody
