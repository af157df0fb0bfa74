-- Some are made unique behind it, alone or with others.
ALTER TABLE fields ADD COLUMN slug text NOT NULL;
-- expect: adding-required-field: or with a volatile DEFAULT, which rewrites the table. A constant
ALTER TABLE fields ADD COLUMN "Code" text NOT NULL;
-- expect: adding-required-field: would give all rows one value
ALTER TABLE plots ADD COLUMN uid uuid NOT NULL;
-- expect: adding-required-field: or with DEFAULT gen_random_uuid(), which rewrites
ALTER TABLE plots ADD COLUMN nr integer NOT NULL;
-- expect: adding-required-field: or as GENERATED ALWAYS AS IDENTITY, which rewrites
ALTER TABLE plots ADD COLUMN slug text NOT NULL;
-- expect: adding-required-field: Add the column with a constant DEFAULT
ALTER TABLE plots ADD COLUMN town text NOT NULL;
-- expect: adding-required-field: in batches, build the unique index CONCURRENTLY, and set
ALTER TABLE plots ADD COLUMN gate text NOT NULL;
-- expect: adding-required-field: Add it nullable, fill it in batches
ALTER TABLE plots ADD COLUMN lot text NOT NULL;
-- expect: adding-required-field: Add the column with a constant DEFAULT

CREATE UNIQUE INDEX ON fields (slug);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS fields_code ON public.fields USING btree ("Code" COLLATE "C" DESC);
ALTER TABLE plots ADD CONSTRAINT plots_pkey PRIMARY KEY (uid);
ALTER TABLE plots ADD CONSTRAINT plots_nr UNIQUE NULLS NOT DISTINCT (nr);
CREATE INDEX plots_slug ON plots (slug);
CREATE UNIQUE INDEX plots_town ON plots (town) WHERE town <> '';
CREATE UNIQUE INDEX plots_gate ON plots (id, gate);
CREATE UNIQUE INDEX plots_lot ON plots (lower(lot));
