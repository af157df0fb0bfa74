CREATE TABLE growers (id bigint PRIMARY KEY);
CREATE TABLE fields (
    id bigint PRIMARY KEY,
    grower_id bigint REFERENCES growers (id),
--                   ^ expect: foreign-key-without-index: No full index
    gone_at date
);
CREATE INDEX fields_grower_id_idx ON fields (grower_id) WHERE gone_at IS NULL;
