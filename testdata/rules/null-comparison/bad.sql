SELECT id FROM crates WHERE emptied_at = NULL;
--                          ^ expect: null-comparison: IS NULL
SELECT id FROM crates WHERE emptied_at <> NULL AND NULL != grower_id;
--                          ^ expect: null-comparison: IS NOT NULL
-- expect: null-comparison
