BEGIN;
CREATE INDEX cellars_region_idx ON cellars (region);
-- expect: require-concurrent-index-creation
COMMIT;
