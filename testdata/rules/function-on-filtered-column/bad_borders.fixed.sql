SELECT id FROM parcels WHERE (sent_at >= '2024-05-01'::timestamptz AND sent_at < '2024-05-01'::timestamptz + interval '1 month') OR id = 3;
-- expect: function-on-filtered-column
SELECT id FROM parcels WHERE sent_at >= '2024-05-01'::timestamptz + interval '1 month';
-- expect: function-on-filtered-column
SELECT id FROM parcels WHERE sent_at >= '2024-01-01'::timestamptz AND sent_at < '2024-01-01'::timestamptz + interval '1 year';
-- expect: function-on-filtered-column
