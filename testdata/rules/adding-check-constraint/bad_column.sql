-- NOT VALID is no option of a column's constraint: there is nothing to append.
ALTER TABLE fields ADD COLUMN soil bytea CONSTRAINT fields_soil_check CHECK (octet_length(soil) = 16);
--                                       ^ expect: adding-check-constraint: fields
ALTER TABLE fields ADD COLUMN ph integer CONSTRAINT fields_ph_check CHECK (ph BETWEEN 0 AND 14) NOT NULL DEFAULT 7;
-- expect: adding-check-constraint: fields
