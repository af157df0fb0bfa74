SELECT id FROM parcels WHERE sent_at >= timestamp '2026-01-01' AT TIME ZONE 'UTC';
SELECT sent_at AT TIME ZONE 'UTC' FROM parcels WHERE id = 4;
SELECT id FROM parcels WHERE id = 4 AND sent_at AT TIME ZONE 'UTC' >= '2026-01-01';
