-- made again
DROP VIEW IF EXISTS old_trucks;
CREATE VIEW old_trucks AS SELECT id FROM trucks WHERE mileage > 100000;
-- made here
CREATE VIEW fresh AS SELECT 1 AS id;
DROP VIEW fresh;
-- made in place, so that nobody misses it
CREATE OR REPLACE VIEW old_trucks AS SELECT id FROM trucks;
CREATE TEMPORARY VIEW mine AS SELECT 1 AS id;
DROP VIEW mine;
