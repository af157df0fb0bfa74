CREATE TABLE crates (id bigint PRIMARY KEY, farm_id bigint, packed_on date, kind text, gone boolean);
CREATE INDEX crates_farm_idx ON crates (farm_id);
CREATE INDEX crates_farm_day_idx ON crates (farm_id, packed_on);
-- expect: prefix-index: crates_farm_idx
CREATE INDEX crates_kind_day_idx ON crates (lower(kind), packed_on DESC);
CREATE INDEX crates_kind_idx ON crates (lower(kind));
-- expect: prefix-index: crates_kind_idx
-- Read backwards it is the same.
CREATE INDEX crates_day_idx ON crates (packed_on DESC);
CREATE UNIQUE INDEX crates_day_kind_key ON crates (packed_on, kind);
-- expect: prefix-index: crates_day_idx
CREATE INDEX crates_left_idx ON crates (gone, id) WHERE gone;
CREATE INDEX crates_gone_idx ON crates (gone) WHERE gone;
-- expect: prefix-index: crates_gone_idx
