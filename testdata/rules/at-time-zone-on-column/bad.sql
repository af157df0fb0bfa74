SELECT id FROM parcels WHERE sent_at AT TIME ZONE 'UTC' >= '2026-01-01';
--                           ^ expect: at-time-zone-on-column: No index on sent_at
SELECT id FROM parcels WHERE timezone('Europe/Berlin', sent_at) < $1;
-- expect: at-time-zone-on-column
SELECT id FROM parcels p WHERE p.sent_at AT TIME ZONE $2 BETWEEN $1 AND $3;
-- expect: at-time-zone-on-column
