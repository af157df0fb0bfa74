ALTER TABLE "Shed" ADD CONSTRAINT "Shed_growerId_fkey" FOREIGN KEY ("growerId") REFERENCES "Grower"("id");
-- expect: foreign-key-without-index: CREATE INDEX CONCURRENTLY ON "Shed" ("growerId"); as the only statement
