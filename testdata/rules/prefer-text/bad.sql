CREATE TABLE trips (id bigint, note varchar(40), "Code" character varying(8));
-- expect: prefer-text
-- expect: prefer-text
ALTER TABLE trips ADD COLUMN seen varchar(3);
-- expect: prefer-text
ALTER TABLE trips ALTER COLUMN note TYPE varchar(80);
-- expect: prefer-text
