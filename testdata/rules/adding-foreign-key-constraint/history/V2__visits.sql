BEGIN;
CREATE TABLE visits (id bigint PRIMARY KEY, stay_id bigint REFERENCES stays (id));
-- ok: adding-foreign-key-constraint
ALTER TABLE stays ADD CONSTRAINT stays_visit_fkey FOREIGN KEY (id) REFERENCES visits (id) NOT VALID;
COMMIT;
ALTER TABLE stays DROP CONSTRAINT stays_ward_fkey;
ALTER TABLE stays ADD CONSTRAINT stays_ward_fkey FOREIGN KEY (ward_id) REFERENCES wards (id);
-- expect: adding-foreign-key-constraint
