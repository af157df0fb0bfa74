ALTER TABLE orchards ALTER COLUMN owner TYPE varchar(80);
