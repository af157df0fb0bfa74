SELECT id FROM parcels WHERE NOT sent_at::date = '2024-05-01';
-- ok: cast-on-filtered-column
SELECT id FROM parcels WHERE sent_at::date <> '2024-05-01';
-- ok: cast-on-filtered-column
SELECT id FROM parcels WHERE sent_at::date <= 'tomorrow'::date;
-- expect: cast-on-filtered-column
SELECT id FROM parcels WHERE sent_at::date < ('2024-05-01'::timestamp)::date;
-- expect: cast-on-filtered-column
SELECT id FROM parcels WHERE sent_at::date IN ('2024-05-01');
-- expect: cast-on-filtered-column
