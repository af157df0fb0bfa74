CREATE TABLE authors (id bigint PRIMARY KEY, name text, country text);
CREATE TABLE books (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES authors, title text);
CREATE TABLE settings (id bigint PRIMARY KEY, value text);
