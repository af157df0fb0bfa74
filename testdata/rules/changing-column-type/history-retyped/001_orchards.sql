CREATE TABLE orchards (id bigint PRIMARY KEY, owner varchar(20), region text, soil text COLLATE "C");
CREATE INDEX orchards_region_idx ON orchards (region);
CREATE INDEX orchards_soil_idx ON orchards (soil);
