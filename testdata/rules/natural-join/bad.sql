SELECT town FROM parcels NATURAL JOIN stops;
-- expect: natural-join
SELECT town FROM parcels p NATURAL LEFT JOIN stops s WHERE p.id = 1;
-- expect: natural-join
SELECT 1 FROM (SELECT id FROM parcels) a NATURAL FULL JOIN (SELECT id FROM stops) b;
-- expect: natural-join
