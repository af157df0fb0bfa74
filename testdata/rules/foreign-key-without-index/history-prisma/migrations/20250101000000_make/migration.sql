CREATE TABLE "Grower" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "Shed" ("id" INTEGER NOT NULL PRIMARY KEY, "growerId" INTEGER, "agentId" INTEGER);
ALTER TABLE "Shed" ADD CONSTRAINT "Shed_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Grower"("id") ON DELETE SET NULL;
-- expect: foreign-key-without-index: Once it is in use, CREATE INDEX CONCURRENTLY
