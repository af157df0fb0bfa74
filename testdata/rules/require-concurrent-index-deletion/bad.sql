DROP INDEX cellars_region_idx;
-- expect: require-concurrent-index-deletion: reads and writes of cellars

DROP INDEX IF EXISTS public.cellars_grape_idx;
-- expect: require-concurrent-index-deletion

DROP INDEX nobody_knows_idx;
-- expect: require-concurrent-index-deletion: the table under nobody_knows_idx
