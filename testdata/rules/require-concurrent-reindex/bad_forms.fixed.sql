reindex index CONCURRENTLY public.cellars_region_idx;
-- expect: require-concurrent-reindex
REINDEX (VERBOSE, TABLESPACE slow) INDEX CONCURRENTLY cellars_region_idx;
-- expect: require-concurrent-reindex
REINDEX (CONCURRENTLY false) TABLE CONCURRENTLY cellars;
-- expect: require-concurrent-reindex
  REINDEX TABLE CONCURRENTLY "No Such Table";
--^ expect: require-concurrent-reindex
REINDEX SCHEMA CONCURRENTLY public;
-- expect: require-concurrent-reindex
REINDEX DATABASE CONCURRENTLY wines;
-- expect: require-concurrent-reindex
BEGIN;
REINDEX TABLE cellars;
-- expect: require-concurrent-reindex
COMMIT;
