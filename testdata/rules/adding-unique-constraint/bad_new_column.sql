-- No index can be there before the column is.
ALTER TABLE trucks ADD COLUMN badge text UNIQUE;
--                                       ^ expect: adding-unique-constraint: Add the column without UNIQUE; then CREATE UNIQUE INDEX
ALTER TABLE depots ADD COLUMN code text, ADD CONSTRAINT depots_code_key UNIQUE (city, code);
--                                           ^ expect: adding-unique-constraint: In later migrations: CREATE UNIQUE INDEX
ALTER TABLE yard."Trailers" ADD FOREIGN KEY (id, axles) REFERENCES depots (city, code);
ALTER TABLE trucks ADD COLUMN bay integer;
UPDATE trucks SET bay = id;
ALTER TABLE trucks ADD CONSTRAINT trucks_bay_key UNIQUE (bay);
--                     ^ expect: adding-unique-constraint: foreign keys to it come after that.
ALTER TABLE trucks ADD CONSTRAINT trucks_plate_key UNIQUE (plate);
--                     ^ expect: adding-unique-constraint
