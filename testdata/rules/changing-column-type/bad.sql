ALTER TABLE fields ALTER COLUMN id TYPE bigint;
-- expect: changing-column-type: from integer to bigint
ALTER TABLE fields ALTER COLUMN name TYPE varchar(20);
-- expect: changing-column-type: rewritten
ALTER TABLE fields ALTER COLUMN code TYPE varchar(200);
-- expect: changing-column-type
ALTER TABLE fields ALTER COLUMN price TYPE numeric(12, 4);
-- expect: changing-column-type
ALTER TABLE fields ALTER COLUMN plain_at TYPE timestamptz;
-- expect: changing-column-type
ALTER TABLE fields ALTER COLUMN data TYPE jsonb USING data::jsonb;
-- expect: changing-column-type
ALTER TABLE fields ALTER COLUMN code TYPE text USING upper(code);
-- expect: changing-column-type
ALTER TABLE fields ALTER COLUMN note TYPE varchar(60);
-- expect: changing-column-type: every row is checked
ALTER TABLE fields ALTER COLUMN label TYPE varchar(60);
-- expect: changing-column-type: indexes of it are rebuilt
ALTER TABLE unseen ALTER COLUMN x TYPE text;
-- expect: changing-column-type: may rewrite
