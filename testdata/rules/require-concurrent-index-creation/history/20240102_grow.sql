ALTER TABLE vats ADD COLUMN grape text;
CREATE INDEX vats_grape_idx ON vats (grape);
-- expect: require-concurrent-index-creation
