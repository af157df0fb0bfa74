CREATE TABLE growers (id bigint PRIMARY KEY, name text NOT NULL, code text, region text);
CREATE INDEX growers_name_idx ON growers (name);
CREATE INDEX growers_code_trgm ON growers USING gin (code gin_trgm_ops);
CREATE INDEX growers_region_idx ON growers (region);
