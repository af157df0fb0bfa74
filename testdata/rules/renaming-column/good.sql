CREATE TABLE rows (id bigint, a text);
ALTER TABLE rows RENAME COLUMN a TO b;
-- The column is this file's own.
ALTER TABLE fields ADD COLUMN draft text;
ALTER TABLE fields RENAME COLUMN draft TO note;
ALTER TABLE fields RENAME CONSTRAINT fields_pkey TO fields_key;
