SELECT id, 'sent' AS what FROM parcels UNION SELECT id, 'stop' FROM stops;
-- expect: union-instead-of-union-all
SELECT 1 AS n, route FROM parcels UNION SELECT 2, town FROM stops ORDER BY 1;
-- expect: union-instead-of-union-all
SELECT id FROM (SELECT id, 'a'::text FROM parcels UNION SELECT id, 'b'::text FROM stops) AS x (id, kind);
-- expect: union-instead-of-union-all
