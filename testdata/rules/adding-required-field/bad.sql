ALTER TABLE fields ADD COLUMN soil text NOT NULL;
-- expect: adding-required-field: soil
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
