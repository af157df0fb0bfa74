BEGIN;
CREATE INDEX CONCURRENTLY cellars_id_idx ON cellars (id);
-- expect: concurrently-in-transaction
DROP INDEX CONCURRENTLY cellars_region_idx;
-- expect: concurrently-in-transaction
REINDEX TABLE CONCURRENTLY cellars;
-- expect: concurrently-in-transaction
VACUUM cellars;
-- expect: concurrently-in-transaction
ALTER SYSTEM SET work_mem = '64MB';
-- expect: concurrently-in-transaction
COMMIT;
