CREATE TABLE authors (id bigint PRIMARY KEY, name text, email text UNIQUE, country text);
