ALTER TABLE trucks ALTER COLUMN mileage TYPE bigint;
ALTER TABLE trucks ALTER COLUMN seats TYPE bigint;
-- expect: combine-alter-table: trucks
ALTER TABLE trucks ADD CHECK (seats > 0);
-- expect: combine-alter-table: trucks
ALTER TABLE depots ALTER COLUMN size SET NOT NULL;
ALTER TABLE depots ALTER COLUMN size TYPE numeric;
-- expect: combine-alter-table: depots
