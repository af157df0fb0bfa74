CREATE INDEX CONCURRENTLY crates_farm_day_idx ON crates (farm_id, packed_on);
-- expect: prefix-index: crates_farm_idx
