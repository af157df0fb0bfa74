ALTER TABLE fields RENAME COLUMN soil TO "Soil";
-- expect: renaming-column
ALTER VIEW all_fields RENAME COLUMN soil TO ground;
-- expect: renaming-column
