DROP INDEX CONCURRENTLY cellars_region_idx;
-- expect: require-concurrent-index-deletion: reads and writes of cellars

DROP INDEX CONCURRENTLY IF EXISTS public.cellars_grape_idx;
-- expect: require-concurrent-index-deletion

DROP INDEX CONCURRENTLY nobody_knows_idx;
-- expect: require-concurrent-index-deletion: the table under nobody_knows_idx
