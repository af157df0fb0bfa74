-- One of the two has it.
CREATE INDEX CONCURRENTLY fuel_id ON yard."Stops_fuel" (id);
CREATE INDEX stops_id ON yard."Stops" (id);
-- expect: partitioned-index-blocks-writes
-- It belongs to another index of the parent already.
CREATE INDEX legs_km_idx ON ONLY legs (km);
CREATE INDEX CONCURRENTLY legs_2025_km_idx ON legs_2025 (km);
ALTER INDEX legs_km_idx ATTACH PARTITION legs_2025_km_idx;
CREATE INDEX legs_km_too ON legs (km);
-- expect: partitioned-index-blocks-writes
-- Unique is another thing, and so is a part of the rows.
CREATE INDEX CONCURRENTLY legs_2025_id ON legs_2025 (began, id);
CREATE UNIQUE INDEX legs_id ON legs (began, id);
-- expect: partitioned-index-blocks-writes
CREATE INDEX CONCURRENTLY legs_2025_far ON legs_2025 (id) WHERE km > 100;
CREATE INDEX legs_far ON legs (id);
-- expect: partitioned-index-blocks-writes
-- An older table of a similar name is no sign.
CREATE INDEX CONCURRENTLY planes_id_idx ON planes (id);
CREATE INDEX plans_id_idx ON plans (id);
-- expect: partitioned-index-blocks-writes: partitions that it may have
