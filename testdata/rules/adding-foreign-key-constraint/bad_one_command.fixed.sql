-- dbmate sends this part as one command: a second statement in it would make
-- that one transaction, and VALIDATE would run under the first one's lock.
-- migrate:up transaction:false
ALTER TABLE stays ADD CONSTRAINT stays_ward_fkey FOREIGN KEY (ward_id) REFERENCES wards (id);
-- expect: adding-foreign-key-constraint: in a later transaction
-- migrate:down
SELECT 1;
