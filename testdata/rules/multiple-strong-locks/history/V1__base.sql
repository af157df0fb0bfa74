CREATE TABLE vans (id bigint PRIMARY KEY);
CREATE TABLE vats (id bigint PRIMARY KEY);
