SELECT id FROM parcels WHERE date_trunc('month', sent_at) > '2024-05-03';
-- expect: function-on-filtered-column
SELECT id FROM parcels WHERE date_trunc('year', sent_at) = '2024-02-01';
-- expect: function-on-filtered-column
SELECT id FROM parcels WHERE date_trunc('hour', sent_at) = '2024-02-01';
-- expect: function-on-filtered-column
SELECT id FROM parcels WHERE extract(year from sent_at) = 99999;
-- expect: function-on-filtered-column
