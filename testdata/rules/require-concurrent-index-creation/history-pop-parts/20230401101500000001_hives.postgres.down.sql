DROP INDEX "hives_queen_idx";
