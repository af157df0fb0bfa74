DELETE FROM stops WHERE at < $1;
UPDATE parcels SET status = 'old' WHERE id = $1;
DELETE FROM stops USING parcels p WHERE p.id = parcel_id;
TRUNCATE stops;
UPDATE office SET opens = '09:00';
UPDATE mail SET host = 'mail.example.com';
WITH gone AS (SELECT since FROM leader FOR UPDATE) DELETE FROM leader USING gone;
