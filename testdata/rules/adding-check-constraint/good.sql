ALTER TABLE fields ADD CONSTRAINT fields_hectares_check CHECK (hectares > 0) NOT VALID;
ALTER TABLE fields VALIDATE CONSTRAINT fields_hectares_check;
CREATE TABLE rows (id bigint, n integer);
ALTER TABLE rows ADD CONSTRAINT rows_n_check CHECK (n > 0);
