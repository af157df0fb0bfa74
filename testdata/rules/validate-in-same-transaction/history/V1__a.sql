CREATE TABLE vans (id bigint, seats integer);
