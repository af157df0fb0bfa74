CREATE TABLE trips (id bigint, code char(8), kind character);
-- expect: ban-char
-- expect: ban-char
ALTER TABLE trips ADD COLUMN seen bpchar;
-- expect: ban-char
ALTER TABLE trips ALTER COLUMN code TYPE char(9);
-- expect: ban-char
