-- CreateIndex
CREATE INDEX CONCURRENTLY "Ship_tonnes_idx" ON "Ship"("tonnes");
