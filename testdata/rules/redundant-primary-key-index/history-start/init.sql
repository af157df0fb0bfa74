-- The first tables: what follows adds to them and takes away.
CREATE TABLE looms (id bigint PRIMARY KEY, code text NOT NULL UNIQUE, width integer);
