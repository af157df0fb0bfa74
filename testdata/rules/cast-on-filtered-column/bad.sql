SELECT id FROM parcels WHERE sent_at::date = '2024-05-01';
--                           ^ expect: cast-on-filtered-column: converted to date

SELECT id FROM parcels WHERE CAST(sent_at AS date) <= $1;
-- expect: cast-on-filtered-column

SELECT sent_at FROM parcels WHERE id::text = '42';
-- expect: cast-on-filtered-column

SELECT sent_at FROM parcels WHERE id::text = '042';
-- expect: cast-on-filtered-column

SELECT id FROM parcels WHERE weight = 12.0;
--                           ^ expect: cast-on-filtered-column: numeric

SELECT id FROM parcels WHERE weight > 12.5;
-- expect: cast-on-filtered-column

SELECT id FROM unseen WHERE made::date = current_date;
-- expect: cast-on-filtered-column
