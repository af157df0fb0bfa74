SELECT n.body FROM notes n JOIN parcels p ON p.id::text = n.parcel;
--                                           ^ expect: join-on-expression: cannot use parcels_pkey
SELECT n.body FROM notes n, parcels p WHERE n.route = lower(p.route);
-- expect: join-on-expression: parcels_route_idx
SELECT n.body FROM notes n JOIN parcels p ON p.weight + 1 = n.weight;
-- expect: join-on-expression
-- computed on both sides
SELECT n.body FROM notes n JOIN parcels p ON upper(p.route) = upper(n.route);
-- expect: join-on-expression
