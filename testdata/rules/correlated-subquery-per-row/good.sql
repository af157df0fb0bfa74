-- it runs once
SELECT p.id, (SELECT count(*) FROM stops) FROM parcels p;
-- twenty times
SELECT p.id, (SELECT count(*) FROM stops s WHERE s.parcel_id = p.id) FROM parcels p ORDER BY id LIMIT 20;
SELECT p.id, s.n FROM parcels p LEFT JOIN LATERAL (SELECT count(*) AS n FROM stops s WHERE s.parcel_id = p.id) s ON true;
SELECT p.id, ARRAY(SELECT 1) FROM parcels p;
SELECT p.id, (SELECT p.route || 'x') FROM parcels p;
