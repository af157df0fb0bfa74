-- Before version 18 a partitioned table takes no NOT VALID foreign key.
ALTER TABLE doses ADD CONSTRAINT doses_stay_fkey FOREIGN KEY (stay_id) REFERENCES stays (id);
-- expect: adding-foreign-key-constraint: doses

-- VALIDATE in the same transaction would run under the first one's lock.
BEGIN;
ALTER TABLE stays ADD CONSTRAINT stays_ward_fkey FOREIGN KEY (ward_id) REFERENCES wards (id);
-- expect: adding-foreign-key-constraint
COMMIT;

-- The edit would have to go in between.
ALTER TABLE stays
    ADD CONSTRAINT stays_patient_fkey FOREIGN KEY (patient_id) REFERENCES patients (id),
--      ^ expect: adding-foreign-key-constraint
    ALTER COLUMN since SET DEFAULT current_date;

ALTER TABLE stays ADD COLUMN doctor_id bigint CONSTRAINT stays_doctor_fkey REFERENCES hr."Staff" (id);
-- expect: adding-foreign-key-constraint: locks stays
ALTER TABLE stays ADD COLUMN IF NOT EXISTS room integer DEFAULT 4 REFERENCES wards;
-- expect: adding-foreign-key-constraint: while every row
