SELECT id FROM parcels FOR UPDATE;
-- expect: select-for-update-without-where: every row of parcels
SELECT id FROM parcels p ORDER BY id FOR SHARE;
-- expect: select-for-update-without-where
UPDATE parcels SET status = 'x' WHERE id IN (SELECT parcel_id FROM stops FOR UPDATE SKIP LOCKED);
-- expect: select-for-update-without-where: stops
