ALTER TABLE fields ADD CONSTRAINT fields_hectares_check CHECK (hectares > 0);
-- expect: adding-check-constraint: fields

ALTER TABLE fields ADD CHECK (slope < 90);
--                     ^ expect: adding-check-constraint
