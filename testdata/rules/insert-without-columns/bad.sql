INSERT INTO stops VALUES (1, 2, 'Ulm', now());
-- expect: insert-without-columns: stops
INSERT INTO stops SELECT * FROM stops_new;
-- expect: insert-without-columns
INSERT INTO stops VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;
-- expect: insert-without-columns
