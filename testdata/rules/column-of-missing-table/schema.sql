CREATE TABLE depots (id bigint PRIMARY KEY, city text);
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text CONSTRAINT short CHECK (length(plate) < 12), depot_id bigint REFERENCES depots);
CREATE INDEX trucks_plate_idx ON trucks (plate);
CREATE TABLE old_trucks (id bigint PRIMARY KEY);
DROP TABLE old_trucks;
CREATE TABLE shared (id bigint);
