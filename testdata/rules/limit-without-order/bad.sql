SELECT id FROM parcels WHERE route = $1 LIMIT 20;
--                                            ^ expect: limit-without-order
SELECT p.id, s.town FROM parcels p JOIN stops s ON s.parcel_id = p.id LIMIT $1;
-- expect: limit-without-order
SELECT id FROM parcels OFFSET 20 FETCH FIRST 10 ROWS ONLY;
-- expect: limit-without-order
