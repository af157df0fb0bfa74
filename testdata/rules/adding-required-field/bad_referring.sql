CREATE TABLE owners (id bigint PRIMARY KEY);
-- No constant is sure to be a row of the other table.
ALTER TABLE fields ADD COLUMN owner_id bigint NOT NULL REFERENCES owners (id);
-- expect: adding-required-field: add the foreign key NOT VALID and validate it, and set NOT NULL later
ALTER TABLE fields ADD COLUMN plot_a bigint NOT NULL,
-- expect: adding-required-field: the key of a row that is there
    ADD CONSTRAINT fields_plot FOREIGN KEY (plot_a, id) REFERENCES plots (a, b);
ALTER TABLE plots ADD COLUMN "Owner" bigint NOT NULL;
-- expect: adding-required-field: Add it nullable, fill it in batches, add the foreign key
ALTER TABLE plots ADD COLUMN region int NOT NULL, ADD COLUMN holder bigint NOT NULL;
-- expect: adding-required-field: Add the column with a constant DEFAULT
-- expect: adding-required-field: validate it, build the unique index CONCURRENTLY, and set
ALTER TABLE fields ADD COLUMN region int NOT NULL;
-- expect: adding-required-field: Add it nullable, fill it in batches, add the foreign key

ALTER TABLE ONLY plots ADD CONSTRAINT plots_owner FOREIGN KEY (id, "Owner")
    REFERENCES pairs (a, b), ADD FOREIGN KEY (holder) REFERENCES owners;
ALTER TABLE plots ADD UNIQUE (holder);
ALTER TABLE public.fields ADD FOREIGN KEY (region) REFERENCES owners (id) NOT VALID;

-- Of the rows nothing is left, but of the writers.
TRUNCATE fields;
ALTER TABLE fields ADD COLUMN warden bigint NOT NULL REFERENCES owners;
-- expect: adding-required-field: Leave it nullable until all code writes it
ALTER TABLE fields ADD COLUMN n integer NOT NULL;
-- expect: adding-required-field: Give it a DEFAULT until all code writes it
