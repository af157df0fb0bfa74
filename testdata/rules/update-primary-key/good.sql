UPDATE parcels SET route = $1 WHERE id = $2;
UPDATE unseen SET id = 4;
UPDATE stops SET parcel_id = $1 WHERE id = $2;
INSERT INTO parcels (id, route) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET route = 'a';
