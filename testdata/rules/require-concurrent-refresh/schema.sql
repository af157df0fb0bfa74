CREATE TABLE cellars (id bigint PRIMARY KEY, region text);
CREATE MATERIALIZED VIEW regions AS SELECT region, count(*) AS n FROM cellars GROUP BY region;
CREATE UNIQUE INDEX regions_region_key ON regions (region);
CREATE MATERIALIZED VIEW later AS SELECT id FROM cellars WITH NO DATA;
