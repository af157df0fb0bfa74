-- The schema that the numbered folders lead to: a new database gets it at once.
CREATE TABLE looms (
    id bigint PRIMARY KEY,
    code text NOT NULL UNIQUE,
    weaver_id bigint NOT NULL,
    pattern text
);
CREATE TABLE weavers (id bigint PRIMARY KEY, handle text NOT NULL UNIQUE);
CREATE INDEX weavers_handle_idx ON weavers (handle);
-- expect: redundant-primary-key-index
