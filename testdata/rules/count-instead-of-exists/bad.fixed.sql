SELECT id FROM parcels p WHERE EXISTS (SELECT 1 FROM stops s WHERE s.parcel_id = p.id);
--                             ^ expect: count-instead-of-exists
SELECT id, NOT EXISTS (SELECT 1 FROM stops s WHERE s.parcel_id = p.id) AS still FROM parcels p;
--         ^ expect: count-instead-of-exists
SELECT 1 WHERE EXISTS (SELECT 1 FROM stops);
--             ^ expect: count-instead-of-exists
