CREATE TABLE crates (id bigint PRIMARY KEY, grower_id bigint);
CREATE TABLE returns (id bigint PRIMARY KEY, crate_id bigint, reason text NOT NULL);
