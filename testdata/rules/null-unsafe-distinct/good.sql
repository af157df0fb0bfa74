SELECT id FROM parcels WHERE status = 'sent';
-- an index would not help
SELECT id FROM parcels WHERE status IS DISTINCT FROM 'sent';
-- no index begins with it
SELECT id FROM parcels WHERE sender IS NOT DISTINCT FROM 'x';
-- another condition finds the rows
SELECT id FROM parcels WHERE id = 4 AND status IS NOT DISTINCT FROM 'sent';
