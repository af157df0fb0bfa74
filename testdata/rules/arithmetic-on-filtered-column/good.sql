SELECT id FROM parcels WHERE weight > 20 - 5;
SELECT id FROM parcels WHERE sent_at < now() - interval '1 hour';
SELECT weight + 5 FROM parcels WHERE id = 4;
-- another condition finds the rows
SELECT id FROM parcels WHERE id = 4 AND weight + 5 > 20;
SELECT id FROM (SELECT id, weight + 5 AS w FROM parcels) AS p WHERE w > 20 LIMIT 0;
-- the column of the query around is a value here
SELECT p.id FROM parcels AS p
 WHERE EXISTS (SELECT FROM parcels AS q WHERE q.weight = p.weight + 5);
SELECT p.id FROM parcels AS p JOIN parcels AS q ON q.weight = p.weight + 5;
-- a pattern
SELECT p.id FROM parcels AS p JOIN parcels AS q ON q.sender LIKE p.sender || '/%';
