BEGIN;
ALTER TABLE trucks ADD CONSTRAINT trucks_plate_key UNIQUE (plate);
-- expect: adding-unique-constraint: trucks
COMMIT;
ALTER TABLE legs ADD CONSTRAINT legs_key UNIQUE (id, began);
-- expect: adding-unique-constraint: legs
