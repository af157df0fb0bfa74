-- config: pg-version=18
ALTER TABLE doses ADD CONSTRAINT doses_stay_fkey FOREIGN KEY (stay_id) REFERENCES stays (id);
-- expect: adding-foreign-key-constraint: doses and stays
