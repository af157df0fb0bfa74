ALTER TABLE fields DROP COLUMN soil;
-- expect: dropping-column: Deploy code that no longer names the column first, and
ALTER TABLE fields DROP COLUMN IF EXISTS depth CASCADE;
-- expect: dropping-column
