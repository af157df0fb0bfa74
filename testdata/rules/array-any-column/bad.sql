SELECT id FROM parcels WHERE 'fragile' = ANY(tags);
--                           ^ expect: array-any-column
SELECT id FROM parcels p WHERE $1 = ANY(p.tags) AND p.route = 'a';
-- expect: array-any-column
UPDATE parcels SET status = 'x' WHERE 'old' = ANY(tags);
-- expect: array-any-column
