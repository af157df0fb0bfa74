SELECT id FROM parcels ORDER BY random() LIMIT 5;
--                              ^ expect: order-by-random
SELECT id FROM parcels WHERE route = $1 ORDER BY pg_catalog.random() LIMIT $2;
-- expect: order-by-random
WITH picked AS (SELECT id FROM parcels ORDER BY gen_random_uuid() LIMIT 10)
-- expect: order-by-random
UPDATE parcels SET route = NULL FROM picked WHERE parcels.id = picked.id;
