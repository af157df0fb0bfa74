CREATE TABLE cellars (id bigint PRIMARY KEY, name text NOT NULL, region text);
CREATE TABLE "Barrels" (id bigint PRIMARY KEY, cellar_id bigint, filled_on date);
CREATE TABLE tastings (id bigint, held_on date NOT NULL) PARTITION BY RANGE (held_on);
CREATE TABLE tastings_2025 PARTITION OF tastings
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE MATERIALIZED VIEW cellar_counts AS
    SELECT region, count(*) AS n FROM cellars GROUP BY region WITH NO DATA;
CREATE MATERIALIZED VIEW barrel_counts AS
    SELECT cellar_id, count(*) AS n FROM "Barrels" GROUP BY cellar_id;
CREATE INDEX cellars_there_idx ON cellars (region);
