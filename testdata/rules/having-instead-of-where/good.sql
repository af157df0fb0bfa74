SELECT route, count(*) FROM parcels GROUP BY route HAVING count(*) > 3;
SELECT route FROM parcels GROUP BY route HAVING route <> 'x' AND sum(weight) > 5;
SELECT route FROM parcels WHERE route <> 'x' GROUP BY route;
SELECT route, status FROM parcels GROUP BY GROUPING SETS ((route), (status)) HAVING route IS NOT NULL;
SELECT lower(route) FROM parcels GROUP BY 1 HAVING lower(route) <> 'x';
