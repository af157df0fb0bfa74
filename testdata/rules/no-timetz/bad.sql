CREATE TABLE trips (id bigint, opens timetz, closes time with time zone);
-- expect: no-timetz
-- expect: no-timetz
ALTER TABLE trips ADD COLUMN seen timetz(3);
-- expect: no-timetz
ALTER TABLE trips ALTER COLUMN opens TYPE timetz;
-- expect: no-timetz
