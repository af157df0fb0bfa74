SELECT id FROM growers WHERE name LIKE '%farm';
--                           ^ expect: leading-wildcard-like
SELECT id FROM growers WHERE name ILIKE '_arm%';
-- expect: leading-wildcard-like
SELECT id FROM growers WHERE name LIKE '%' || $1 || '%';
-- ok: leading-wildcard-like
SELECT id FROM growers WHERE name LIKE '%farm' || $1;
-- expect: leading-wildcard-like
SELECT id FROM growers WHERE name ~ 'farm$';
-- expect: leading-wildcard-like
SELECT id FROM unseen WHERE name LIKE '%x';
-- expect: leading-wildcard-like
