SELECT id FROM parcels WHERE status IS NOT DISTINCT FROM 'sent';
--                           ^ expect: null-unsafe-distinct
SELECT id FROM parcels p WHERE p.route IS NOT DISTINCT FROM $1;
-- expect: null-unsafe-distinct
DELETE FROM parcels WHERE weight IS NOT DISTINCT FROM 4;
-- expect: null-unsafe-distinct
