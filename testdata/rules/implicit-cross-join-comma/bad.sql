SELECT p.id FROM parcels p, stops s WHERE s.parcel_id = p.id;
--                          ^ expect: implicit-cross-join-comma
SELECT p.id FROM parcels p, stops s;
-- expect: implicit-cross-join-comma
SELECT 1 FROM parcels p JOIN stops s ON s.parcel_id = p.id, routes r WHERE r.id = s.id;
-- expect: implicit-cross-join-comma
