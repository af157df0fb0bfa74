ALTER TABLE trucks ADD COLUMN miles integer GENERATED ALWAYS AS (mileage * 5 / 8) STORED;
-- expect: adding-stored-generated-column: trucks
ALTER TABLE yard."Trailers" ADD "Pairs" integer GENERATED ALWAYS AS (axles / 2) STORED;
-- expect: adding-stored-generated-column: yard."Trailers"
ALTER TABLE nobody ADD COLUMN a int, ADD COLUMN b int GENERATED ALWAYS AS (1) STORED;
-- expect: adding-stored-generated-column: nobody
