-- Nothing is random: each row follows from its number. 1000 as statistics
-- target has ANALYZE read every row, so that estimates do not vary either.
INSERT INTO stores SELECT g, 'Store ' || g, (ARRAY['de', 'fr', 'it'])[1 + g % 3]
  FROM generate_series(1, 60) AS g;
INSERT INTO customers SELECT g, 'c' || g || '@example.org', 'Customer ' || g,
       'country' || g % 20, 'city' || g % 20 || '-' || g % 200,
       'zip' || g % 20 || '-' || g % 200 || '-' || g % 2000, g % 3 = 0,
       '2020-01-01'::timestamptz + g * interval '37 minutes'
  FROM generate_series(1, 60000) AS g;
INSERT INTO categories SELECT g, nullif(g / 4, 0), 'Category ' || g
  FROM generate_series(1, 300) AS g;
INSERT INTO products SELECT g, 'SKU-' || g, 'Product ' || g, 1 + g % 300,
       g % 900 + 0.99, ARRAY['tag' || g % 50, 'tag' || g % 70],
       jsonb_build_object('colour', 'colour' || g % 12, 'size', g % 8)
  FROM generate_series(1, 8000) AS g;
INSERT INTO orders SELECT g, 1 + g * 7919::bigint % 60000, 1 + g % 60,
       CASE WHEN g % 1000 < 900 THEN 'delivered' WHEN g % 1000 < 990
            THEN 'cancelled' WHEN g % 1000 < 999 THEN 'open' ELSE 'lost' END,
       '2025-01-01'::timestamptz + g * interval '3 minutes',
       g * 31 % 50000 / 100.0, CASE WHEN g % 10 = 0 THEN 'gift' END
  FROM generate_series(1, 200000) AS g;
INSERT INTO order_lines SELECT g, l, 1 + (g * 13 + l * 4001) % 8000, 1 + g % 4
  FROM generate_series(1, 200000) AS g, generate_series(1, 2) AS l;
INSERT INTO payments SELECT g, g, (ARRAY['card', 'card', 'bank', 'cash'])[1 + g % 4],
       'REF' || md5(g::text),
       '2025-01-01'::timestamptz + g * interval '3 minutes', g * 31 % 50000 / 100.0
  FROM generate_series(1, 150000) AS g;
INSERT INTO jobs SELECT g, CASE WHEN g > 39960 THEN 'ready' ELSE 'done' END,
       '2026-01-01'::timestamptz + g * interval '1 minute', repeat('p', 60)
  FROM generate_series(1, 40000) AS g;
INSERT INTO settings SELECT 'key' || g, 'value ' || g
  FROM generate_series(1, 300) AS g;
INSERT INTO stock SELECT p, s, (p * s) % 40, '2026-05-01'
  FROM generate_series(1, 2000) AS p, generate_series(1, 20) AS s;
INSERT INTO clicks SELECT g, 1 + g * 31 % 60000, 1 + g % 8000,
       '2026-01-01'::timestamptz + g * interval '86 seconds'
  FROM generate_series(1, 150000) AS g;
INSERT INTO parcels SELECT g, (ARRAY['north', 'east', 'south', 'west'])[1 + g % 4],
       g, g * 31 % 20000 FROM generate_series(1, 80000) AS g;
INSERT INTO meter_readings SELECT 1 + g * 7919::bigint % 2000,
       '2026-01-01'::timestamptz + g * interval '30 seconds', g % 977
  FROM generate_series(1, 300000) AS g;
INSERT INTO mails SELECT g, 1 + g % 60000,
       '2025-01-01'::timestamptz + g * interval '1 minute', repeat('m', 420)
  FROM generate_series(1, 200000) AS g;
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE price_list (sku text, price integer) SERVER files
    OPTIONS (program $$seq 1 60000 | sed 's/\(.*\)/SKU-\1,\1/'$$, format 'csv');
VACUUM ANALYZE;
