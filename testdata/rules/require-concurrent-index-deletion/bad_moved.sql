-- Whatever moves to another migration must be gone before the name is taken.
BEGIN;
DROP INDEX cellars_grape_idx;
-- expect: require-concurrent-index-deletion: in a migration of its own before this one, outside
CREATE INDEX cellars_grape_idx ON cellars (grape, region);
COMMIT;

-- In a transaction CONCURRENTLY would be refused, for several as for one.
BEGIN;
DROP INDEX cellars_region_idx, cellars_taste_idx;
-- expect: require-concurrent-index-deletion: for each index, each in a migration of its own, outside
-- expect: require-concurrent-index-deletion: for each index, each in a migration of its own, outside
COMMIT;
