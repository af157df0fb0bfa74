SELECT id FROM parcels WHERE sent_at >= '2024-05-01'::date AND sent_at < '2024-05-01'::date + 1;
-- expect: cast-on-filtered-column
SELECT id FROM parcels WHERE sent_at >= CAST($1 AS date) + 1;
-- expect: cast-on-filtered-column
SELECT id FROM parcels WHERE sent_at < date '2024-05-01' + 1;
-- expect: cast-on-filtered-column
