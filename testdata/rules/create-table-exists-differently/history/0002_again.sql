CREATE TABLE IF NOT EXISTS trucks (id bigint PRIMARY KEY, plate text, axles integer);
-- expect: create-table-exists-differently: has no column axles
DROP TABLE vans;
CREATE TABLE IF NOT EXISTS vans (id bigint PRIMARY KEY, seats integer);
