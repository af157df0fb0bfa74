CREATE TABLE vans (id integer PRIMARY KEY);
CREATE TABLE rides (id bigint PRIMARY KEY, van_id integer REFERENCES vans);
