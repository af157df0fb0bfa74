CREATE TABLE crates (id bigint PRIMARY KEY, farm_id bigint, packed_on date);
CREATE INDEX crates_farm_idx ON crates (farm_id);
