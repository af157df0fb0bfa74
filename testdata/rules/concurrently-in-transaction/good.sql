CREATE INDEX CONCURRENTLY cellars_id_idx ON cellars (id);
BEGIN;
CREATE INDEX cellars_both_idx ON cellars (id, region);
COMMIT;
DROP INDEX CONCURRENTLY cellars_region_idx;
VACUUM cellars;
