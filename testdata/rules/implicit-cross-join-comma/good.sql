SELECT p.id FROM parcels p JOIN stops s ON s.parcel_id = p.id;
SELECT p.id, d FROM parcels p, generate_series(1, 3) AS d;
SELECT p.id FROM parcels p, LATERAL (SELECT 1) AS l;
SELECT p.id FROM parcels p CROSS JOIN stops s;
