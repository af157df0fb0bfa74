ALTER TABLE orchards ALTER COLUMN owner TYPE varchar(30);
-- expect: changing-column-type: from varchar(80) to varchar(30)
ALTER TABLE orchards ALTER COLUMN region TYPE text COLLATE "C";
-- expect: changing-column-type: from text COLLATE "default" to text COLLATE "C"
ALTER TABLE orchards ALTER COLUMN region TYPE text COLLATE "C";
-- ok: changing-column-type
ALTER TABLE orchards ALTER COLUMN soil TYPE text;
-- expect: changing-column-type: from text COLLATE "C" to text COLLATE "default"
ALTER TABLE orchards ALTER COLUMN soil TYPE text COLLATE "default";
-- ok: changing-column-type
