CREATE TABLE trips (id bigint, note text CHECK (length(note) <= 40), free varchar);
ALTER TABLE trips ADD COLUMN seen text;
CREATE TEMP TABLE moved (at varchar(3));
