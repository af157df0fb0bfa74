-- The same second, but another migration.
CREATE INDEX "hives_queen_two_idx" ON "hives" ("queen", "id");
-- expect: require-concurrent-index-creation
