SELECT id FROM parcels WHERE status = 'sent';
--                           ^ expect: null-unsafe-distinct
SELECT id FROM parcels p WHERE p.route IS NOT DISTINCT FROM $1;
-- expect: null-unsafe-distinct
DELETE FROM parcels WHERE weight = 4;
-- expect: null-unsafe-distinct
