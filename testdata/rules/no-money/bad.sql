CREATE TABLE trips (id bigint, toll money, tip money DEFAULT 0);
-- expect: no-money
-- expect: no-money
ALTER TABLE trips ADD COLUMN fine money;
-- expect: no-money
ALTER TABLE trips ALTER COLUMN toll TYPE money;
-- expect: no-money
