-- The name stays, the values do not.
ALTER TABLE samples
    DROP COLUMN ph,
-- expect: dropping-column: is made again on line 7.
    DROP COLUMN depth,
-- expect: dropping-column: change the column where it stands
    ADD COLUMN ph numeric(4, 2);
ALTER TABLE samples ADD COLUMN IF NOT EXISTS depth numeric DEFAULT 1;

-- Another table's column is no other.
ALTER TABLE plots DROP COLUMN shape;
-- expect: dropping-column: breaks code that still reads it
ALTER TABLE fields ADD COLUMN shape text;
