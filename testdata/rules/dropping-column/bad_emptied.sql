TRUNCATE fields;
ALTER TABLE fields DROP COLUMN soil;
-- expect: dropping-column: Dropping soil from fields breaks code
