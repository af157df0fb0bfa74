CREATE TABLE growers (id bigint PRIMARY KEY, name text, region text);
CREATE INDEX growers_name_idx ON growers (name);
CREATE INDEX growers_by_name ON growers (name);
-- expect: duplicate-index: growers_by_name
CREATE INDEX growers_region_idx ON growers (lower(region)) WHERE name IS NOT NULL;
CREATE INDEX growers_region_too ON growers (LOWER(region)) WHERE (name IS NOT NULL);
-- expect: duplicate-index

-- The unique one finds the same rows, and does more.
CREATE INDEX growers_pair_idx ON growers (region, name);
CREATE UNIQUE INDEX growers_pair_key ON growers (region, name);
-- expect: duplicate-index: repeats the unique index growers_pair_key
