CREATE TABLE stays (room int, during tstzrange, EXCLUDE USING gist (room WITH =, during WITH &&));
ALTER TABLE stays ADD EXCLUDE (room WITH =);
CREATE TEMP TABLE moved (id bigint);
ALTER TABLE moved ADD EXCLUDE (id WITH =);
ALTER TABLE trucks ADD CHECK (mileage > 0) NOT VALID;
