SELECT id FROM parcels ORDER BY id LIMIT 20;
-- is there one?
SELECT 1 FROM parcels WHERE route = $1 LIMIT 1;
SELECT id FROM parcels LIMIT ALL;
SELECT * FROM parcels LIMIT 0;
-- any will do
DELETE FROM stops WHERE id IN (SELECT id FROM stops WHERE town = 'Ulm' LIMIT 1000);
SELECT id FROM parcels WHERE status = 'new' LIMIT 5 FOR UPDATE SKIP LOCKED;
-- one row at most
SELECT id FROM parcels WHERE id = $1 LIMIT 2;
SELECT * FROM generate_series(1, 10) LIMIT 3;
-- a guard
SELECT id FROM parcels WHERE route = ANY($1) LIMIT 10000;
