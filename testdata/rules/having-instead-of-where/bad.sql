SELECT route, count(*) FROM parcels GROUP BY route HAVING route <> 'x';
--                                                        ^ expect: having-instead-of-where
SELECT town FROM stops GROUP BY town HAVING town IS NOT NULL AND town > $1;
-- expect: having-instead-of-where
SELECT status, sum(weight) FROM parcels GROUP BY 1 HAVING status IN ('a', 'b');
-- expect: having-instead-of-where
