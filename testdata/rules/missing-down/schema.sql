CREATE TABLE depots (id bigint PRIMARY KEY, city text);
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text, mileage integer);
