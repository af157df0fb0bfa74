CREATE TABLE trips (id bigint PRIMARY KEY, truck_id integer REFERENCES trucks);
-- expect: foreign-key-type-mismatch: truck_id of trips is integer
ALTER TABLE trips ADD COLUMN depot_id bigint REFERENCES depots (id);
-- expect: foreign-key-type-mismatch: depot_id
ALTER TABLE trips ADD COLUMN plate varchar(8), ADD CONSTRAINT plate_fkey FOREIGN KEY (plate) REFERENCES trucks (plate);
-- expect: foreign-key-type-mismatch: plate
