SELECT id FROM papers WHERE data ->> 'order' = $1;
SELECT id FROM papers WHERE data @> '{"order": 7}';
-- another condition finds the rows
SELECT id FROM parcels WHERE id = $1 AND data ->> 'order' = 'x';
SELECT id FROM parcels WHERE route = $1 AND data @> '{"order": 7}';
-- nobody knows the table
SELECT id FROM unseen WHERE data ->> 'order' = $1;
-- of the rows of a join
SELECT s.id FROM stops s JOIN parcels p ON p.data ->> 'stop' = s.town;
SELECT data ->> 'order' FROM parcels WHERE id = 1;
