ALTER TABLE fields ADD COLUMN soil text NOT NULL DEFAULT 'loam';
ALTER TABLE fields ADD COLUMN depth integer;
ALTER TABLE fields ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY NOT NULL;
ALTER TABLE fields ADD COLUMN s bigserial NOT NULL;
ALTER TABLE fields ADD COLUMN long text GENERATED ALWAYS AS (name || '!') STORED NOT NULL;
CREATE TABLE rows (id bigint);
ALTER TABLE rows ADD COLUMN n integer NOT NULL;
-- Emptied in this file, so there is no row to fill.
TRUNCATE TABLE plots;
ALTER TABLE plots ADD COLUMN soil text NOT NULL;
DELETE FROM plots;
ALTER TABLE plots ADD COLUMN depth text NOT NULL;
