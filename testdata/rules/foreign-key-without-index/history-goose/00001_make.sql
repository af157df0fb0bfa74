-- +goose Up
CREATE TABLE growers (id bigint PRIMARY KEY);
CREATE TABLE sheds (
    id bigint PRIMARY KEY,
    grower_id bigint REFERENCES growers (id) ON DELETE SET NULL,
--                   ^ expect: foreign-key-without-index: ON DELETE SET NULL looks
    agent_id bigint DEFAULT 1 REFERENCES growers (id) ON DELETE SET DEFAULT,
--                            ^ expect: foreign-key-without-index: CREATE INDEX ON sheds (agent_id); behind this statement
    owner_id bigint
);
CREATE TABLE crops (id bigint, owner_id bigint) PARTITION BY HASH (id);
