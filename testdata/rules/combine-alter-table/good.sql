ALTER TABLE trucks ALTER COLUMN mileage TYPE bigint, ALTER COLUMN seats TYPE bigint;
ALTER TABLE depots ALTER COLUMN size TYPE bigint;
ALTER TABLE depots ADD COLUMN city text;
ALTER TABLE depots ADD COLUMN zone text;
CREATE TABLE ramps (id integer, n integer);
ALTER TABLE ramps ALTER COLUMN id TYPE bigint;
ALTER TABLE ramps ALTER COLUMN n TYPE bigint;
ALTER TABLE trucks ADD CONSTRAINT c CHECK (seats > 0) NOT VALID;
ALTER TABLE trucks VALIDATE CONSTRAINT c;
