-- A foreign key needs the unique index of what it refers to.
BEGIN;
CREATE UNIQUE INDEX cellars_pair_idx ON cellars (id, region);
-- expect: require-concurrent-index-creation: in a migration of its own before this one, outside
CREATE INDEX cellars_name_idx ON cellars (name);
-- expect: require-concurrent-index-creation: in a migration of its own, outside
ALTER TABLE "Barrels" ADD COLUMN region text,
    ADD FOREIGN KEY (cellar_id, region) REFERENCES cellars (id, region);
COMMIT;
BEGIN;
ALTER TABLE "Barrels" RENAME COLUMN filled_on TO filled_at;
CREATE UNIQUE INDEX barrels_pair_idx ON "Barrels" (id, filled_at);
-- expect: require-concurrent-index-creation: foreign keys that need it come after that.
CREATE TABLE fillings (
    barrel bigint, at date,
    FOREIGN KEY (barrel, at) REFERENCES "Barrels" (id, filled_at)
);
COMMIT;
