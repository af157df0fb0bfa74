ALTER TABLE fields ADD COLUMN soil text NOT NULL;
-- expect: adding-required-field: Add the column with a constant DEFAULT
ALTER TABLE fields
    ADD COLUMN acidity numeric,
    ADD COLUMN depth integer NOT NULL;
--  ^ expect: adding-required-field: depth
ALTER TABLE unseen ADD COLUMN x integer NOT NULL;
-- expect: adding-required-field
DELETE FROM plots WHERE id = 1;
ALTER TABLE plots ADD COLUMN soil text NOT NULL;
-- expect: adding-required-field
ALTER TABLE fields ADD COLUMN code text PRIMARY KEY;
-- expect: adding-required-field
-- No constant would do for a column that no two rows may share.
ALTER TABLE fields ADD COLUMN "Tag" uuid NOT NULL UNIQUE;
-- expect: adding-required-field: would give all rows one value
ALTER TABLE fields DROP CONSTRAINT fields_pkey, ADD COLUMN plot_id integer NOT NULL,
--                                              ^ expect: adding-required-field: would give all rows one value
    ADD CONSTRAINT fields_pkey PRIMARY KEY (plot_id);
ALTER TABLE fields ADD COLUMN row_no integer NOT NULL, ADD UNIQUE (id, row_no);
-- expect: adding-required-field
