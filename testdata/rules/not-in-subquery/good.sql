SELECT id FROM crates WHERE id NOT IN (1, 2, 3);
SELECT id FROM crates WHERE id IN (SELECT crate_id FROM returns);
SELECT c.id FROM crates c WHERE NOT EXISTS (SELECT 1 FROM returns r WHERE r.crate_id = c.id);
SELECT c.id FROM crates c LEFT JOIN returns r ON r.crate_id = c.id WHERE r.id IS NULL;
