CREATE INDEX CONCURRENTLY growers_by_name ON growers (name);
-- expect: duplicate-index: growers_name_idx
