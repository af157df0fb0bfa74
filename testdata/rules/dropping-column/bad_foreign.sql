-- Its rows are elsewhere and stay there.
ALTER FOREIGN TABLE far_crates DROP COLUMN note;
-- expect: dropping-column: Dropping note from far_crates breaks code that still reads it
