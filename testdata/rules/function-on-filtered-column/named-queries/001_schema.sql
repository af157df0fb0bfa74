CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    country text
);
CREATE INDEX authors_name_idx ON authors (name);
