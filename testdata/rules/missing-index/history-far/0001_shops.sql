CREATE TABLE shops (id bigint PRIMARY KEY, chain_id bigint NOT NULL, city text);
