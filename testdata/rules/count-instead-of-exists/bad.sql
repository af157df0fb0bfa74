SELECT id FROM parcels p WHERE (SELECT count(*) FROM stops s WHERE s.parcel_id = p.id) > 0;
--                             ^ expect: count-instead-of-exists
SELECT id, (SELECT count(*) FROM stops s WHERE s.parcel_id = p.id) = 0 AS still FROM parcels p;
--         ^ expect: count-instead-of-exists
SELECT 1 WHERE (SELECT count(*) FROM stops) >= 1;
--             ^ expect: count-instead-of-exists
