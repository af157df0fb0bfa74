SELECT id FROM parcels WHERE weight + 5 > 20;
--                           ^ expect: arithmetic-on-filtered-column: No index on weight
SELECT id FROM parcels WHERE weight - 3 = -10;
-- expect: arithmetic-on-filtered-column
SELECT id FROM parcels WHERE weight * 2 = $1;
-- expect: arithmetic-on-filtered-column
SELECT id FROM parcels WHERE sent_at + interval '1 hour' < now();
-- expect: arithmetic-on-filtered-column
SELECT id FROM parcels WHERE route || '-x' = $1;
-- expect: arithmetic-on-filtered-column
