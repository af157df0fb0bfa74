SELECT id FROM parcels WHERE tags @> ARRAY['fragile'];
-- the array is the value
SELECT id FROM parcels WHERE route = ANY($1);
SELECT id FROM parcels WHERE route = ANY(ARRAY['a', 'b']);
SELECT id FROM parcels WHERE 'fragile' <> ALL(tags);
-- rows of two tables are compared
SELECT s.id FROM parcels p JOIN stops s ON s.town = ANY(p.tags);
