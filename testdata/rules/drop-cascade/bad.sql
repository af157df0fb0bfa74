DROP TABLE depots CASCADE;
-- expect: drop-cascade: depends on depots
ALTER TABLE trucks DROP COLUMN mileage CASCADE;
-- expect: drop-cascade: mileage of trucks
DROP VIEW IF EXISTS old_trucks, older_trucks CASCADE;
-- expect: drop-cascade: old_trucks
ALTER TABLE nobody DROP CONSTRAINT knows CASCADE;
-- expect: drop-cascade: knows of nobody
DROP TYPE kind CASCADE;
-- expect: drop-cascade: kind
