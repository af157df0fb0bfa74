CREATE TABLE trucks (id bigint PRIMARY KEY, mileage integer, seats integer);
CREATE TABLE depots (id bigint PRIMARY KEY, size integer);
