CREATE INDEX ponds_keeper_idx ON ponds (keeper);
