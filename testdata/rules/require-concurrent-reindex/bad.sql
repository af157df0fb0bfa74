REINDEX INDEX cellars_region_idx;
-- expect: require-concurrent-reindex
REINDEX TABLE cellars;
-- expect: require-concurrent-reindex
REINDEX (VERBOSE) TABLE public.cellars;
-- expect: require-concurrent-reindex
