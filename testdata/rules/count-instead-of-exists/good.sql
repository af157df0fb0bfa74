SELECT id FROM parcels p WHERE EXISTS (SELECT 1 FROM stops s WHERE s.parcel_id = p.id);
-- how many matters
SELECT id FROM parcels p WHERE (SELECT count(*) FROM stops s WHERE s.parcel_id = p.id) > 3;
-- NULLs are not counted
SELECT 1 WHERE (SELECT count(town) FROM stops) > 0;
SELECT 1 WHERE (SELECT count(*) FROM stops GROUP BY town LIMIT 1) > 0;
SELECT town FROM stops GROUP BY town HAVING count(*) > 0;
