SELECT id FROM parcels WHERE sent_at >= '2024-05-01'::date AND sent_at < '2024-05-01'::date + 1;
--                           ^ expect: function-on-filtered-column: date()

SELECT id FROM parcels p WHERE p.sent_at >= current_date;
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE sent_at >= '2024-01-01' AND sent_at < '2025-01-01';
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE (day < '2024-01-01') OR id = 7;
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE sent_at >= '2024-05-01'::timestamptz AND sent_at < '2024-05-01'::timestamptz + interval '1 month';
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE status = 'sent';
-- expect: function-on-filtered-column

SELECT id FROM parcels WHERE (status = 'new' OR status IS NULL);
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
