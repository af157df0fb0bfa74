CREATE INDEX ponds_reeds_idx ON ponds (keeper, depth);
