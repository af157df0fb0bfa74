SELECT id FROM parcels WHERE weight > 20 - 5;
SELECT id FROM parcels WHERE sent_at < now() - interval '1 hour';
SELECT weight + 5 FROM parcels WHERE id = 4;
-- another condition finds the rows
SELECT id FROM parcels WHERE id = 4 AND weight + 5 > 20;
SELECT id FROM (SELECT id, weight + 5 AS w FROM parcels) AS p WHERE w > 20 LIMIT 0;
