CREATE TABLE trips (id bigserial PRIMARY KEY);
CREATE TABLE legs (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
ALTER TABLE legs ALTER COLUMN id TYPE bigint;
CREATE TABLE kinds (id integer PRIMARY KEY, name text);
CREATE TABLE parts (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE words (id uuid PRIMARY KEY, no serial);
