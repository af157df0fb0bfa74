SELECT p.id, s.id FROM parcels p, stops s WHERE p.route = 'a';
--                                ^ expect: cartesian-join: Nothing links stops
SELECT p.id FROM parcels p, stops s WHERE p.route = 'a' AND s.town = 'b';
-- expect: cartesian-join
SELECT p.id FROM parcels p JOIN stops s ON s.parcel_id = p.id, routes r WHERE p.id = $1;
-- expect: cartesian-join: routes
