CREATE TABLE crates (id bigint PRIMARY KEY, farm_id bigint, packed_on date, kind text, gone boolean, UNIQUE (kind, id));
-- Another order, another first column.
CREATE INDEX crates_farm_day_idx ON crates (farm_id, packed_on);
CREATE INDEX crates_day_idx ON crates (packed_on);
-- A promise.
CREATE UNIQUE INDEX crates_farm_key ON crates (farm_id);
-- One of them is partial.
CREATE INDEX crates_gone_idx ON crates (gone) WHERE gone;
CREATE INDEX crates_gone_day_idx ON crates (gone, packed_on);
-- More than keys.
CREATE INDEX crates_day_more_idx ON crates (packed_on, farm_id);
DROP INDEX crates_day_idx;
CREATE INDEX crates_day_with_idx ON crates (packed_on) INCLUDE (kind);
-- Another operator class, another access method, mixed directions.
CREATE INDEX crates_like_idx ON crates (lower(kind) text_pattern_ops);
CREATE INDEX crates_lower_idx ON crates (lower(kind), id);
CREATE INDEX crates_hash_idx ON crates USING hash (farm_id);
CREATE INDEX crates_mixed_idx ON crates (gone DESC, farm_id);
CREATE INDEX crates_mixed_long_idx ON crates (gone DESC, farm_id DESC, id);
-- redundant-primary-key-index speaks of that.
CREATE INDEX crates_kind_idx ON crates (kind);
