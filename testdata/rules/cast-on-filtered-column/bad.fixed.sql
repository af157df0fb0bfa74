SELECT id FROM parcels WHERE sent_at >= '2024-05-01'::date AND sent_at < '2024-05-01'::date + 1;
--                           ^ expect: cast-on-filtered-column: converted to date

SELECT id FROM parcels WHERE sent_at < $1::date + 1;
-- expect: cast-on-filtered-column

SELECT sent_at FROM parcels WHERE id = 42;
-- expect: cast-on-filtered-column

SELECT sent_at FROM parcels WHERE id::text = '042';
-- expect: cast-on-filtered-column

SELECT id FROM parcels WHERE weight = 12;
--                           ^ expect: cast-on-filtered-column: numeric

SELECT id FROM parcels WHERE weight > 12.5;
-- expect: cast-on-filtered-column

SELECT id FROM unseen WHERE made::date = current_date;
-- expect: cast-on-filtered-column
