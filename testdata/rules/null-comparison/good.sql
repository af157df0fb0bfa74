SELECT id FROM crates WHERE emptied_at IS NULL AND grower_id IS DISTINCT FROM NULL;
UPDATE crates SET emptied_at = NULL WHERE id = 1;
SELECT coalesce(grower_id, NULL), 'a = NULL' FROM crates;
