CREATE TABLE trips (id bigint, body jsonb, list json[]);
ALTER TABLE trips ADD COLUMN seen jsonb;
CREATE TEMP TABLE moved (at json);
