CREATE TABLE cellars (id bigint PRIMARY KEY, region text);
CREATE INDEX cellars_region_idx ON cellars (region);
