CREATE TABLE growers (id bigint PRIMARY KEY, name text, region text);
CREATE INDEX growers_name_idx ON growers (name);
CREATE INDEX growers_name_down ON growers (name DESC);
CREATE INDEX growers_name_hash ON growers USING hash (name);
CREATE INDEX growers_name_region ON growers (name, region);
CREATE INDEX growers_name_c ON growers (name COLLATE "C");
CREATE INDEX growers_name_some ON growers (name) WHERE region = 'north';
CREATE INDEX growers_name_others ON growers (name) WHERE region = 'south';
