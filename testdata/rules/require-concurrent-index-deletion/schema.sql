CREATE TABLE cellars (id bigint PRIMARY KEY, region text, grape text);
CREATE INDEX cellars_region_idx ON cellars (region);
CREATE INDEX cellars_grape_idx ON cellars (grape);
CREATE TABLE tastings (id bigint, held_on date NOT NULL) PARTITION BY RANGE (held_on);
CREATE INDEX tastings_held_on_idx ON tastings (held_on);
