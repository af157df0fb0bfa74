SELECT id, route FROM parcels WHERE id = $1;
SELECT count(*) FROM parcels;
SELECT id FROM parcels p WHERE EXISTS (SELECT * FROM stops s WHERE s.parcel_id = p.id);
WITH old AS (SELECT * FROM parcels) SELECT id FROM old;
INSERT INTO stops SELECT * FROM stops_new;
