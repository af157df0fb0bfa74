CREATE TABLE trucks (id bigint PRIMARY KEY, plate text);
CREATE TABLE vans (id bigint PRIMARY KEY);
