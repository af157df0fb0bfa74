SELECT id FROM stops WHERE town = 'Ulm' AND at = $1;
-- another condition finds the rows
SELECT id FROM stops WHERE parcel_id = $1 AND at = $2;
SELECT id FROM stops WHERE id = $1 AND at = $2;
-- no index has the column
SELECT id FROM parcels WHERE sender = $1;
-- another rule's
SELECT id FROM stops WHERE at::date = $1;
SELECT at FROM stops ORDER BY at;
