SELECT route, count(*) FROM parcels GROUP BY route ORDER BY count(*);
SELECT route, 1 FROM parcels ORDER BY route;
SELECT id FROM parcels ORDER BY weight + 1 LIMIT 1;
