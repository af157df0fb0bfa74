-- AlterTable
ALTER TABLE "Ship" ADD COLUMN "built" DATE;
-- CreateIndex
CREATE INDEX CONCURRENTLY "Ship_built_idx" ON "Ship"("built");
-- expect: concurrently-in-transaction
