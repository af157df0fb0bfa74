-- Emptied in this file, so there is no row to fill; but there are writers.
TRUNCATE TABLE plots;
ALTER TABLE plots ADD COLUMN soil text NOT NULL;
-- expect: adding-required-field: INSERTs into plots fail
DELETE FROM plots;
ALTER TABLE plots ADD COLUMN depth text NOT NULL;
-- expect: adding-required-field: does not know depth
