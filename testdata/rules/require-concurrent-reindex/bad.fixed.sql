REINDEX INDEX CONCURRENTLY cellars_region_idx;
-- expect: require-concurrent-reindex
REINDEX TABLE CONCURRENTLY cellars;
-- expect: require-concurrent-reindex
REINDEX (VERBOSE) TABLE CONCURRENTLY public.cellars;
-- expect: require-concurrent-reindex
