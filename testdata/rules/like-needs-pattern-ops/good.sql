-- sorted byte by byte
SELECT id FROM vineyards WHERE sku LIKE 'W-%';
SELECT id FROM vineyards WHERE slug LIKE 'clos-%';
SELECT id FROM vineyards WHERE path LIKE '/north/%';
SELECT id FROM cellar.casks WHERE wood LIKE 'oak%';
-- a trigram index serves
SELECT id FROM vineyards WHERE tag LIKE 'dry%';
-- no index, nothing that one would expect to be used
SELECT id FROM vineyards WHERE note LIKE 'Clos%';
-- an =
SELECT id FROM vineyards WHERE name LIKE 'Chateau Margaux';
SELECT id FROM vineyards WHERE name ~ '^Margaux$';
-- another condition finds the rows
SELECT id FROM vineyards WHERE owner_id = $1 AND name LIKE 'Clos%';
-- other rules' patterns, and unknown ones
SELECT id FROM vineyards WHERE name LIKE '%Clos';
SELECT id FROM vineyards WHERE name ILIKE 'clos%';
SELECT id FROM vineyards WHERE name LIKE $1;
SELECT id FROM vineyards WHERE name LIKE '%' || $1 || '%';
SELECT id FROM vineyards WHERE name ~ '^(Clos|Mas)';
SELECT id FROM vineyards WHERE name NOT LIKE 'Clos%';
SELECT id FROM vineyards WHERE lower(name) LIKE 'clos%';
SELECT id FROM vineyards WHERE grade LIKE 'A%';
SELECT id FROM unseen WHERE name LIKE 'x%';
