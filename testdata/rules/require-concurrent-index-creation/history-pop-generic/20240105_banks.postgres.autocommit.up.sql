CREATE INDEX CONCURRENTLY ponds_banks_idx ON ponds (depth, keeper);
