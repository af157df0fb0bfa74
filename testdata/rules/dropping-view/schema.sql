CREATE TABLE trucks (id bigint PRIMARY KEY, mileage integer);
CREATE VIEW old_trucks AS SELECT * FROM trucks WHERE mileage > 100000;
CREATE MATERIALIZED VIEW sums AS SELECT sum(mileage) AS miles FROM trucks;
