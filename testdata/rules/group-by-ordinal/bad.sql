SELECT route, count(*) FROM parcels GROUP BY 1;
--                                           ^ expect: group-by-ordinal: GROUP BY counts
SELECT route FROM parcels ORDER BY 1 DESC;
-- expect: group-by-ordinal: ORDER BY counts
SELECT x.n FROM (SELECT count(*) AS n, town FROM stops GROUP BY 2) AS x;
-- expect: group-by-ordinal
