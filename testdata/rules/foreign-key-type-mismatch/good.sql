CREATE TABLE trips (id bigint PRIMARY KEY, truck_id bigint REFERENCES trucks, depot_id integer REFERENCES depots);
ALTER TABLE trips ADD COLUMN code varchar(20) REFERENCES trucks (code);
ALTER TABLE trips ADD COLUMN other bigint REFERENCES nobody (knows);
CREATE DOMAIN truck AS bigint;
ALTER TABLE trips ADD COLUMN spare truck REFERENCES trucks;
