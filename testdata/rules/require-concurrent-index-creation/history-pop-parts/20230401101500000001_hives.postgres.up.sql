-- Made by the part before, and nobody's yet.
CREATE INDEX "hives_queen_idx" ON "hives" ("queen");
