CREATE TABLE keepers (id bigint PRIMARY KEY);
CREATE TABLE hives (
    id bigint PRIMARY KEY,
    keeper_id bigint NOT NULL REFERENCES keepers (id)
    -- expect: foreign-key-without-index: CREATE INDEX ON hives (keeper_id); behind this statement
);
