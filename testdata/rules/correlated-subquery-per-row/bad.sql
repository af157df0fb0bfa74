SELECT p.id, (SELECT count(*) FROM stops s WHERE s.parcel_id = p.id) FROM parcels p;
--           ^ expect: correlated-subquery-per-row
SELECT p.id, (SELECT town FROM stops s WHERE s.parcel_id = p.id ORDER BY at DESC LIMIT 1) AS last FROM parcels p WHERE route = $1;
-- expect: correlated-subquery-per-row
SELECT x.id FROM (SELECT p.id, (SELECT max(at) FROM stops WHERE parcel_id = p.id) AS m FROM parcels p) AS x;
-- expect: correlated-subquery-per-row
