CREATE INDEX legs_km_idx ON ONLY legs (km);
CREATE INDEX CONCURRENTLY legs_2025_km_idx ON legs_2025 (km);
ALTER INDEX legs_km_idx ATTACH PARTITION legs_2025_km_idx;
-- No partitioned table, and one that nobody knows: require-concurrent-index-creation's.
CREATE INDEX trucks_plate_idx ON trucks (plate);
CREATE INDEX nobody_idx ON nobody (knows);
-- New here.
CREATE TABLE rides (id bigint, began date) PARTITION BY RANGE (began);
CREATE TABLE rides_2025 PARTITION OF rides FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX rides_began_idx ON rides (began);
