CREATE TABLE vans (id bigint PRIMARY KEY, seats integer);
ALTER TABLE vans ADD CONSTRAINT seated CHECK (seats > 0) NOT VALID;
