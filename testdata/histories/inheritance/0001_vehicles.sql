CREATE TABLE vehicles (
    id serial PRIMARY KEY,
    plate text NOT NULL UNIQUE,
    wheels int DEFAULT 4 CHECK (wheels > 0),
    bought date,
    CONSTRAINT local_rule CHECK (bought > '1900-01-01') NO INHERIT
);
CREATE TABLE trucks (load_kg int, wheels int DEFAULT 6) INHERITS (vehicles);
CREATE TABLE vans (LIKE vehicles INCLUDING ALL, doors smallint);
CREATE TABLE carts (LIKE vehicles, made_of text);
CREATE TABLE copies (LIKE vans INCLUDING INDEXES EXCLUDING CONSTRAINTS INCLUDING DEFAULTS);
CREATE TABLE trailers (id int, plate text NOT NULL, wheels int CHECK (wheels > 0), bought date);
ALTER TABLE trailers ADD CONSTRAINT vehicles_wheels_check CHECK (wheels > 0);
ALTER TABLE trailers ALTER id SET NOT NULL;
ALTER TABLE trailers INHERIT vehicles;
ALTER TABLE vehicles ADD COLUMN colour text NOT NULL DEFAULT 'grey';
ALTER TABLE vehicles RENAME COLUMN bought TO bought_on;
ALTER TABLE vehicles ALTER COLUMN plate TYPE varchar(10);
ALTER TABLE vehicles ADD CONSTRAINT colour_given CHECK (colour <> '');
ALTER TABLE ONLY vehicles ADD CONSTRAINT only_here CHECK (id > 0) NO INHERIT;
ALTER TABLE ONLY vehicles ALTER COLUMN colour DROP NOT NULL;
ALTER TABLE ONLY vehicles ALTER COLUMN wheels DROP DEFAULT;
ALTER TABLE trailers NO INHERIT vehicles;
ALTER TABLE vehicles DROP COLUMN wheels;
ALTER TABLE vehicles DROP CONSTRAINT colour_given;
CREATE TABLE amphibious (depth int) INHERITS (trucks, trailers);
ALTER TABLE vehicles ADD COLUMN load_kg int;
ALTER TABLE vehicles DROP COLUMN load_kg;
ALTER TABLE ONLY vehicles DROP COLUMN colour;
