ALTER TABLE keepers RENAME TO owners;
ALTER TABLE hives RENAME TO colonies;
ALTER TABLE colonies RENAME COLUMN keeper_id TO owner_id;
ALTER TABLE frames ADD COLUMN spare_hive_id bigint REFERENCES colonies (id);
-- expect: foreign-key-without-index: CREATE INDEX CONCURRENTLY ON frames (spare_hive_id);
