SELECT id FROM parcels WHERE id > $1 ORDER BY id LIMIT 20;
SELECT id FROM parcels ORDER BY id LIMIT 20 OFFSET 40;
-- a fence against the planner
SELECT id FROM (SELECT id FROM parcels OFFSET 0) AS p;
SELECT id FROM parcels ORDER BY id LIMIT 10000;
