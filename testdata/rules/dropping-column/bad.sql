ALTER TABLE fields DROP COLUMN soil;
-- expect: dropping-column
ALTER TABLE fields DROP COLUMN IF EXISTS depth CASCADE;
-- expect: dropping-column
