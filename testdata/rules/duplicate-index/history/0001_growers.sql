CREATE TABLE growers (id bigint PRIMARY KEY, name text, region text);
CREATE INDEX growers_name_idx ON growers (name);
CREATE INDEX growers_region_idx ON growers (region);
