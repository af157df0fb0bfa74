CREATE INDEX CONCURRENTLY ponds_reeds_idx ON ponds (keeper, depth);
