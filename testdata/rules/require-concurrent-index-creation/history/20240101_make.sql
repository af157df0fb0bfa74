CREATE TABLE vats (id bigint PRIMARY KEY, litres integer);
CREATE INDEX vats_litres_idx ON vats (litres);
