CREATE TABLE trips (id bigint, code text, kind varchar(1), tag "char");
ALTER TABLE trips ADD COLUMN seen text;
CREATE TEMP TABLE moved (at char(3));
