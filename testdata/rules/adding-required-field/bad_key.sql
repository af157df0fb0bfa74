-- NULLs keep the primary key waiting, too.
CREATE TABLE owners (id bigint PRIMARY KEY);
ALTER TABLE fields DROP CONSTRAINT fields_pkey, ADD COLUMN owner bigint NOT NULL,
-- expect: adding-required-field: build the key's index CONCURRENTLY, set NOT NULL, and add the key USING INDEX later
    ADD CONSTRAINT fields_pk PRIMARY KEY (owner);
ALTER TABLE fields ADD FOREIGN KEY (owner) REFERENCES owners (id);
ALTER TABLE plots ADD COLUMN row int NOT NULL, ADD COLUMN place int NOT NULL;
-- expect: adding-required-field: Add it nullable, fill it in batches, build the key's index
-- expect: adding-required-field: Add it nullable, fill it in batches, build the key's index
ALTER TABLE plots ADD PRIMARY KEY (row, place);
