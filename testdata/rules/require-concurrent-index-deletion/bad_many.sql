-- CONCURRENTLY takes one name and no CASCADE: no fix by machine.
DROP INDEX cellars_region_idx, cellars_grape_idx;
-- expect: require-concurrent-index-deletion
