ALTER TABLE fields ADD CONSTRAINT fields_hectares_check CHECK (hectares > 0) NOT VALID;
ALTER TABLE fields VALIDATE CONSTRAINT fields_hectares_check;
-- expect: adding-check-constraint: fields

ALTER TABLE fields ADD CHECK (slope < 90);
--                     ^ expect: adding-check-constraint
