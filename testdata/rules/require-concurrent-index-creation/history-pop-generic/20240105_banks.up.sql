CREATE INDEX ponds_banks_idx ON ponds (depth, keeper);
