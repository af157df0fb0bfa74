CREATE TABLE vans (id bigint PRIMARY KEY, plate text);
