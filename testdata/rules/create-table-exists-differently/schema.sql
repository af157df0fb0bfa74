CREATE TABLE depots (id bigint PRIMARY KEY, city text);
CREATE TABLE trucks (id bigint PRIMARY KEY, plate varchar(10), mileage integer);
CREATE INDEX trucks_plate_idx ON trucks (plate);
CREATE INDEX far_idx ON trucks (mileage) WHERE mileage > 100000;
