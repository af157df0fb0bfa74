SELECT id FROM parcels ORDER BY random() LIMIT 5;
--                              ^ expect: order-by-random
SELECT id FROM parcels WHERE route = $1 ORDER BY pg_catalog.random();
-- expect: order-by-random
SELECT id, row_number() OVER (ORDER BY random()) FROM parcels;
-- expect: order-by-random
