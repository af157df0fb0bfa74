SELECT id FROM parcels WHERE tags @> ARRAY['fragile'];
--                           ^ expect: array-any-column
SELECT id FROM parcels p WHERE p.tags @> ARRAY[$1] AND p.route = 'a';
-- expect: array-any-column
UPDATE parcels SET status = 'x' WHERE tags @> ARRAY['old'];
-- expect: array-any-column
