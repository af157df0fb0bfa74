CREATE INDEX CONCURRENTLY cellars_region_idx ON cellars (region);
