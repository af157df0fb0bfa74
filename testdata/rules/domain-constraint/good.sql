-- not checked now
ALTER DOMAIN plate ADD CONSTRAINT plate_short CHECK (length(VALUE) < 12) NOT VALID;
-- no table has it
ALTER DOMAIN unused SET NOT NULL;
-- less is asked, not more
ALTER DOMAIN plate DROP NOT NULL;
ALTER DOMAIN plate DROP CONSTRAINT IF EXISTS plate_short;
-- the domain has no constraints
ALTER TABLE trucks ADD COLUMN back_plate plate;
-- the table is new
CREATE TABLE vans (id bigint PRIMARY KEY);
ALTER TABLE vans ADD COLUMN load weight;
-- nobody uses the tables of the domain yet
CREATE DOMAIN axle AS integer;
CREATE TABLE axles (id bigint PRIMARY KEY, axle axle);
ALTER DOMAIN axle ADD CONSTRAINT axle_real CHECK (VALUE > 0);
-- another rule says this: the default is volatile
ALTER TABLE trucks ADD COLUMN token uuid DEFAULT gen_random_uuid();
