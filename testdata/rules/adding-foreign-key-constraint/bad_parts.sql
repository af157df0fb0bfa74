-- ADD COLUMN makes the lock of the whole statement the strongest.
ALTER TABLE stays ADD COLUMN room text, ADD CONSTRAINT stays_w_fkey FOREIGN KEY (ward_id) REFERENCES wards (id);
--                                          ^ expect: adding-foreign-key-constraint: blocks reads and writes of stays, and writes to wards, while
BEGIN;
CREATE TABLE floors (id bigint PRIMARY KEY);
ALTER TABLE stays ADD CONSTRAINT stays_f_fkey FOREIGN KEY (nurse_id) REFERENCES floors (id);
--                    ^ expect: adding-foreign-key-constraint: blocks writes to stays while
COMMIT;
