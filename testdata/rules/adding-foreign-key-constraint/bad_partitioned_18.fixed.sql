-- config: pg-version=18
ALTER TABLE doses ADD CONSTRAINT doses_stay_fkey FOREIGN KEY (stay_id) REFERENCES stays (id) NOT VALID;
ALTER TABLE doses VALIDATE CONSTRAINT doses_stay_fkey;
-- expect: adding-foreign-key-constraint: doses and stays
