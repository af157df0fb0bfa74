BEGIN;
ALTER TABLE trucks ADD CONSTRAINT sane CHECK (mileage >= 0) NOT VALID;
ALTER TABLE trucks VALIDATE CONSTRAINT sane;
-- expect: validate-in-same-transaction: sane
COMMIT;
BEGIN;
ALTER TABLE yard."Trailers" ADD CONSTRAINT "Truck" FOREIGN KEY (truck_id) REFERENCES trucks NOT VALID;
COMMENT ON TABLE trucks IS 'x';
ALTER TABLE yard."Trailers" VALIDATE CONSTRAINT "Truck";
-- expect: validate-in-same-transaction: "Truck"
COMMIT;
