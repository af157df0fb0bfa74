CREATE TABLE trucks (id bigint PRIMARY KEY, code text UNIQUE, plate char(8) UNIQUE);
CREATE TABLE depots (id integer PRIMARY KEY);
