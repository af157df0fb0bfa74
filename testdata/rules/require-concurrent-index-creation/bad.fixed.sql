CREATE INDEX CONCURRENTLY cellars_region_idx ON cellars (region);
-- expect: require-concurrent-index-creation: blocks writes to cellars

DROP INDEX CONCURRENTLY IF EXISTS public.cellars_name_key;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS cellars_name_key ON public.cellars USING btree (name);
-- expect: require-concurrent-index-creation

  CREATE INDEX CONCURRENTLY barrels_idx ON "Barrels" (cellar_id) WHERE filled_on IS NOT NULL;
--^ expect: require-concurrent-index-creation: "Barrels"

-- A name of PostgreSQL's choosing: CONCURRENTLY is right, but has no fix,
-- because a failed build could not be found again by name.
CREATE INDEX ON cellars (lower(name));
-- expect: require-concurrent-index-creation

-- Never seen: it may be large.
CREATE INDEX CONCURRENTLY casks_idx ON elsewhere.casks (id);
-- expect: require-concurrent-index-creation: elsewhere.casks

CREATE INDEX CONCURRENTLY tastings_2025_idx ON tastings_2025 (id);
-- expect: require-concurrent-index-creation

CREATE INDEX CONCURRENTLY barrel_counts_idx ON barrel_counts (cellar_id);
-- expect: require-concurrent-index-creation
