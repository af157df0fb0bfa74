SELECT id FROM parcels ORDER BY id LIMIT 20 OFFSET 10000;
--                                                 ^ expect: deep-offset
SELECT id FROM parcels ORDER BY sent_at LIMIT $1 OFFSET $2;
-- expect: deep-offset
SELECT id FROM (SELECT id FROM stops OFFSET 5000 LIMIT 10) AS s;
-- expect: deep-offset
