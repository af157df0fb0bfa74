CREATE TABLE rows (id bigint, a text);
ALTER TABLE rows DROP COLUMN a;
ALTER TABLE fields ADD COLUMN draft text;
ALTER TABLE fields DROP COLUMN draft;
