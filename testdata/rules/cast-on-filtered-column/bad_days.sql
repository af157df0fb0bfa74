SELECT id FROM parcels WHERE sent_at::date = '2024-05-01'::date;
-- expect: cast-on-filtered-column
SELECT id FROM parcels WHERE sent_at::date > CAST($1 AS date);
-- expect: cast-on-filtered-column
SELECT id FROM parcels WHERE sent_at::date <= date '2024-05-01';
-- expect: cast-on-filtered-column
