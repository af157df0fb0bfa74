SELECT p.id FROM parcels p, stops s WHERE s.parcel_id = p.id;
SELECT p.id FROM parcels p JOIN stops s ON s.parcel_id = p.id JOIN routes r ON r.code = p.route;
SELECT p.id FROM parcels p JOIN stops s USING (id);
-- linked through the third
SELECT p.id FROM parcels p, routes r, stops s WHERE p.route = r.code AND s.town = r.code;
-- on purpose
SELECT p.id FROM parcels p CROSS JOIN routes r;
SELECT p.id FROM parcels p JOIN routes r ON true;
-- what gives few rows
SELECT p.id, d FROM parcels p, generate_series(1, 3) AS d;
SELECT p.id FROM parcels p, (SELECT max(at) AS last FROM stops) AS m WHERE p.sent_at > m.last;
SELECT p.id FROM parcels p, LATERAL (SELECT 1 FROM stops s WHERE s.parcel_id = p.id LIMIT 1) AS l;
WITH one AS (SELECT 1 AS n) SELECT p.id, n FROM parcels p, one;
SELECT p.id FROM parcels p, stops s WHERE p.id = s.parcel_id OR p.route = s.town;
