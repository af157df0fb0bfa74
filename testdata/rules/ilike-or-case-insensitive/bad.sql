SELECT id FROM parcels WHERE route ILIKE 'north%';
--                           ^ expect: ilike-or-case-insensitive: ILIKE compares every route
SELECT id FROM parcels p WHERE p.status ILIKE 'Sent';
-- expect: ilike-or-case-insensitive
SELECT id FROM unseen WHERE name ILIKE 'a%';
-- expect: ilike-or-case-insensitive
