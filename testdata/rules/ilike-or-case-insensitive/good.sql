SELECT id FROM parcels WHERE route LIKE 'north%';
-- no letter stands before the wildcard
SELECT id FROM parcels WHERE route ILIKE '0042%';
-- another rule's
SELECT id FROM parcels WHERE route ILIKE '%north%';
-- another condition finds the rows
SELECT id FROM parcels WHERE id = 7 AND route ILIKE 'north%';
-- served as they are
SELECT id FROM people WHERE name ILIKE 'a%';
SELECT id FROM people WHERE email ILIKE 'a%';
