SELECT n.body FROM notes n JOIN parcels p ON p.route = n.route;
-- the other side has an index
SELECT d.id FROM drivers d JOIN parcels p ON lower(p.route) = d.route;
-- or one on what it computes
SELECT d.id FROM drivers d JOIN parcels p ON upper(p.route) = upper(d.badge);
-- its own condition finds the rows
SELECT n.body FROM notes n JOIN parcels p ON lower(p.route) = n.route WHERE p.id = 4;
-- the cast leaves the bytes
SELECT n.body FROM notes n JOIN parcels p ON p.code::text = n.parcel;
-- nobody knows the table
SELECT u.id FROM unseen u JOIN parcels p ON p.id::text = u.parcel;
-- no index that could be used
SELECT n.body FROM notes n JOIN parcels p ON lower(n.route) = p.route;
