DELETE FROM stops WHERE at < $1;
UPDATE parcels SET status = 'old' WHERE id = $1;
DELETE FROM stops USING parcels p WHERE p.id = parcel_id;
TRUNCATE stops;
