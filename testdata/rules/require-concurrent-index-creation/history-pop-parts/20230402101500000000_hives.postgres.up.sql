-- A later one.
CREATE INDEX "hives_id_queen_idx" ON "hives" ("id", "queen");
-- expect: require-concurrent-index-creation
