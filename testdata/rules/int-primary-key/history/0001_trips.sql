CREATE TABLE trips (id serial PRIMARY KEY);
CREATE TABLE rides (id serial PRIMARY KEY);
-- expect: int-primary-key
