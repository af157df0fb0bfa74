REINDEX (CONCURRENTLY) TABLE cellars;
REINDEX (CONCURRENTLY true, VERBOSE) INDEX cellars_region_idx;
REINDEX (CONCURRENTLY on) INDEX cellars_region_idx;
REINDEX SCHEMA CONCURRENTLY public;
REINDEX DATABASE CONCURRENTLY wines;
-- There is no other way for the system's own.
REINDEX SYSTEM wines;
-- ok: require-concurrent-reindex
CREATE TEMP TABLE pressings (id bigint PRIMARY KEY);
REINDEX TABLE pressings;
-- ok: require-concurrent-reindex
CREATE TABLE racks (id bigint);
CREATE INDEX racks_id_idx ON racks (id);
REINDEX INDEX racks_id_idx;
-- ok: require-concurrent-reindex
COMMENT ON INDEX cellars_region_idx IS 'REINDEX INDEX cellars_region_idx;';
-- REINDEX TABLE cellars;
