-- The new name is that of a column which code has known so far.
ALTER TABLE wells DROP COLUMN depth;
ALTER TABLE wells RENAME COLUMN depth_cm TO depth;
-- expect: renaming-column: Renaming depth_cm to depth
-- It lives on under another name.
ALTER TABLE wells RENAME COLUMN water TO water_old;
-- expect: renaming-column
ALTER TABLE wells RENAME COLUMN litres TO water;
-- expect: renaming-column
