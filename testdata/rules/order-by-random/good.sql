SELECT id FROM parcels TABLESAMPLE SYSTEM (1) LIMIT 5;
SELECT random() AS r FROM parcels ORDER BY id;
SELECT id FROM parcels WHERE id >= random() * 1000 ORDER BY id LIMIT 5;
