SELECT id FROM crates WHERE emptied_at IS NULL;
--                          ^ expect: null-comparison: IS NULL
SELECT id FROM crates WHERE emptied_at IS NOT NULL AND grower_id IS NOT NULL;
--                          ^ expect: null-comparison: IS NOT NULL
-- expect: null-comparison
