SELECT id FROM parcels WHERE date(sent_at) = '2024-05-01';
--                           ^ expect: function-on-filtered-column: date()

SELECT id FROM parcels p WHERE date(p.sent_at) >= current_date;
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE extract(year FROM sent_at) = 2024;
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE extract(year FROM day) < 2024 OR id = 7;
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE date_trunc('month', sent_at) = '2024-05-01';
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE coalesce(status, 'new') = 'sent';
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE coalesce(status, 'new') = 'new';
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE upper(route) = $1;
-- expect: function-on-filtered-column: upper()

SELECT id FROM parcels
 WHERE sent_at AT TIME ZONE 'Europe/Riga' >= '2024-05-01';
--     ^ expect: function-on-filtered-column: AT TIME ZONE

UPDATE parcels SET status = 'lost' WHERE trim(route) = 'N7';
-- expect: function-on-filtered-column

-- Nobody knows the table: a note.
SELECT id FROM unseen WHERE lower(name) = 'x';
-- expect: function-on-filtered-column
