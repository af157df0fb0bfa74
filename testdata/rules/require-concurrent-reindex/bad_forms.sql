reindex index public.cellars_region_idx;
-- expect: require-concurrent-reindex
REINDEX (VERBOSE, TABLESPACE slow) INDEX cellars_region_idx;
-- expect: require-concurrent-reindex
REINDEX (CONCURRENTLY false) TABLE cellars;
-- expect: require-concurrent-reindex
  REINDEX TABLE "No Such Table";
--^ expect: require-concurrent-reindex
REINDEX SCHEMA public;
-- expect: require-concurrent-reindex
REINDEX DATABASE wines;
-- expect: require-concurrent-reindex
BEGIN;
REINDEX TABLE cellars;
-- expect: require-concurrent-reindex
COMMIT;
