SELECT id FROM growers WHERE name LIKE 'farm%';
SELECT id FROM growers WHERE name ~ '^farm';
SELECT id FROM growers WHERE name LIKE $1;
SELECT id FROM growers WHERE code LIKE '%a1%';
SELECT id FROM growers WHERE id = 7 AND name LIKE '%farm%';
SELECT id FROM growers WHERE name NOT LIKE '%farm%';
SELECT name LIKE '%farm%' FROM growers;
SELECT query FROM pg_stat_statements WHERE query LIKE '%growers%';
