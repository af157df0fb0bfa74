SELECT id FROM parcels WHERE date_trunc('month', sent_at) = '2024-05-01' OR id = 3;
-- expect: function-on-filtered-column
SELECT id FROM parcels WHERE date_trunc('month', sent_at) > '2024-05-01';
-- expect: function-on-filtered-column
SELECT id FROM parcels WHERE date_trunc('year', sent_at) = '2024-01-01';
-- expect: function-on-filtered-column
