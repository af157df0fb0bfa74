alter table stays add constraint "Stay of Patient" foreign key (patient_id) references patients;
--                    ^ expect: adding-foreign-key-constraint: stays and patients

ALTER TABLE IF EXISTS ONLY public.stays
    ADD CONSTRAINT stays_nurse_fkey FOREIGN KEY (nurse_id)
--      ^ expect: adding-foreign-key-constraint: hr."Staff"
        REFERENCES hr."Staff" (id) MATCH FULL
        ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE booked ADD CONSTRAINT booked_bed_fkey
--                     ^ expect: adding-foreign-key-constraint
    FOREIGN KEY (ward, bed) REFERENCES beds (ward, no);

-- To itself: the lock is on one table, the scan is the same.
ALTER TABLE hr."Staff" ADD CONSTRAINT staff_lead_fkey FOREIGN KEY (lead_id) REFERENCES hr."Staff" (id);
-- expect: adding-foreign-key-constraint

-- Several in one statement: each is pointed at.
ALTER TABLE stays
    ADD COLUMN note text,
    ADD CONSTRAINT stays_patient_fkey FOREIGN KEY (patient_id) REFERENCES patients (id),
--      ^ expect: adding-foreign-key-constraint: patients
    ADD CONSTRAINT stays_ward_fkey FOREIGN KEY (ward_id) REFERENCES wards (id) NOT VALID,
    ADD CONSTRAINT stays_nurse_too FOREIGN KEY (nurse_id) REFERENCES hr."Staff" (id);
--      ^ expect: adding-foreign-key-constraint: "Staff"

-- A table that the same file makes is referenced; the old one is still read.
CREATE TABLE insurers (id bigint PRIMARY KEY);
ALTER TABLE stays ADD CONSTRAINT stays_insurer_fkey FOREIGN KEY (since) REFERENCES insurers (id);
-- expect: adding-foreign-key-constraint

ALTER TABLE elsewhere ADD CONSTRAINT elsewhere_fkey FOREIGN KEY (a) REFERENCES nowhere (b);
-- expect: adding-foreign-key-constraint
