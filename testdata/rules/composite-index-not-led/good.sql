SELECT id FROM stops WHERE town = 'Ulm' AND at = $1;
-- another condition finds the rows
SELECT id FROM stops WHERE parcel_id = $1 AND at = $2;
SELECT id FROM stops WHERE id = $1 AND at = $2;
-- no index has the column
SELECT id FROM parcels WHERE sender = $1;
-- another rule's
SELECT id FROM stops WHERE at::date = $1;
SELECT at FROM stops ORDER BY at;
-- a join: which side is looked up is the planner's choice
SELECT s.id FROM parcels AS p JOIN stops AS s ON s.at = p.sent_at WHERE p.id = $1;
SELECT w.id FROM (SELECT DISTINCT at FROM stops WHERE parcel_id = $1) AS d
  JOIN LATERAL (SELECT * FROM stops AS a WHERE a.at = d.at AND a.parcel_id = $1) AS w ON true;
