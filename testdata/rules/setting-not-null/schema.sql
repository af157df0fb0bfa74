CREATE TABLE fields (id bigint PRIMARY KEY, name text, soil text, hectares numeric);
ALTER TABLE fields ADD CONSTRAINT fields_soil_check CHECK (soil IS NOT NULL);
ALTER TABLE fields ADD CONSTRAINT fields_hectares_check CHECK (hectares IS NOT NULL) NOT VALID;
