-- Every partition has the index: it is attached, and nothing is built. The
-- direction does not count.
CREATE INDEX CONCURRENTLY legs_2025_km_idx ON legs_2025 (km DESC, began);
CREATE INDEX legs_km_idx ON legs (km, began);
CREATE UNIQUE INDEX CONCURRENTLY fuel_key ON yard."Stops_fuel" (kind, id) INCLUDE (note);
CREATE UNIQUE INDEX CONCURRENTLY rest_key ON yard."Stops_rest" (kind, id) INCLUDE (note);
CREATE UNIQUE INDEX "Stops_key" ON yard."Stops" (kind, id) INCLUDE (note);
CREATE INDEX IF NOT EXISTS legs_km_idx ON legs (km);
-- Partitions that a function made, by their names.
CREATE INDEX CONCURRENTLY plans_0_began_idx ON plans_0 (began);
CREATE INDEX CONCURRENTLY plans_1_began_idx ON plans_1 (began);
CREATE INDEX plans_began_idx ON plans (began);
