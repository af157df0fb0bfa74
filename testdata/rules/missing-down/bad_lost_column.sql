-- migrate:up
ALTER TABLE trucks DROP COLUMN mileage;
-- migrate:down

-- expect: missing-down: Down does not bring back the column trucks.mileage
SELECT 1;
