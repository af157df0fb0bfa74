CREATE TABLE wards (id integer PRIMARY KEY);
CREATE TABLE stays (id bigint PRIMARY KEY, ward_id integer);
ALTER TABLE stays ADD CONSTRAINT stays_ward_fkey FOREIGN KEY (ward_id) REFERENCES wards (id);
-- ok: adding-foreign-key-constraint
