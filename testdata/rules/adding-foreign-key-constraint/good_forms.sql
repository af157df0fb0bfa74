ALTER TABLE stays ADD CONSTRAINT stays_ward_fkey FOREIGN KEY (ward_id) REFERENCES wards (id) ON DELETE RESTRICT NOT VALID;
ALTER TABLE ONLY stays ADD FOREIGN KEY (nurse_id) REFERENCES hr."Staff" (id) NOT VALID;
ALTER TABLE stays VALIDATE CONSTRAINT stays_ward_fkey;

-- New tables, however they refer.
CREATE TABLE visitors (
    id bigint PRIMARY KEY,
    patient_id bigint NOT NULL REFERENCES patients ON DELETE CASCADE,
    ward_id integer,
    FOREIGN KEY (ward_id) REFERENCES wards
);
ALTER TABLE visitors ADD COLUMN badge bigint REFERENCES hr."Staff" (id);
-- ok: adding-foreign-key-constraint
ALTER TABLE visitors ADD CONSTRAINT visitors_again FOREIGN KEY (ward_id) REFERENCES wards (id);
-- ok: adding-foreign-key-constraint
CREATE TEMP TABLE moved (id bigint, ward_id integer);
ALTER TABLE moved ADD FOREIGN KEY (ward_id) REFERENCES other_temp (id);
-- ok: adding-foreign-key-constraint

-- Neither table has traffic when both are this file's.
CREATE TABLE insurers (id bigint PRIMARY KEY);
ALTER TABLE stays ADD COLUMN insurer_id bigint REFERENCES insurers (id);
-- ok: adding-foreign-key-constraint

ALTER TABLE stays DROP CONSTRAINT IF EXISTS stays_ward_fkey;
ALTER TABLE stays ALTER CONSTRAINT stays_nurse_fkey DEFERRABLE;
CREATE FUNCTION link() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE stays ADD CONSTRAINT x FOREIGN KEY (ward_id) REFERENCES wards (id);
END $$;
