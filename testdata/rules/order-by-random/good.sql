SELECT id FROM parcels TABLESAMPLE SYSTEM (1) LIMIT 5;
SELECT random() AS r FROM parcels ORDER BY id;
SELECT id FROM parcels WHERE id >= random() * 1000 ORDER BY id LIMIT 5;

-- What the CTE gives may be few.
WITH free AS (SELECT id FROM parcels WHERE route = $1)
SELECT id FROM free ORDER BY random() LIMIT 1;
SELECT id FROM (VALUES (1), (2), (3)) AS v (id) ORDER BY random() LIMIT 1;
-- All rows are wanted.
SELECT id FROM parcels WHERE route = $1 ORDER BY random();
SELECT id, row_number() OVER (ORDER BY random()) FROM parcels;
