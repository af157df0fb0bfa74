CREATE TABLE ramps (id bigint PRIMARY KEY);
TRUNCATE ramps;
CREATE TEMP TABLE moved (id bigint);
TRUNCATE moved;
DELETE FROM trucks WHERE mileage > 900000;
