CREATE TABLE packers (id bigint PRIMARY KEY, name text);
CREATE INDEX packers_name_idx ON packers (name);
-- replaced: the old one goes first
DROP INDEX growers_region_idx;
CREATE INDEX growers_by_region ON growers (region);
