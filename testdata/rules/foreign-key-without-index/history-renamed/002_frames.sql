CREATE TABLE frames (
    id bigint PRIMARY KEY,
    hive_id bigint NOT NULL REFERENCES hives (id)
    -- expect: foreign-key-without-index: CREATE INDEX ON frames (hive_id); behind this statement
);
