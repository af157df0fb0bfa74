-- Where the time zone is UTC no row changes, but an index is ordered anew.
SET timezone = 'UTC';
CREATE INDEX CONCURRENTLY fields_plain_at_idx ON fields (plain_at);
ALTER TABLE fields ALTER COLUMN plain_at TYPE timestamptz;
-- expect: changing-column-type: indexes of it are rebuilt
ALTER TABLE fields ALTER COLUMN id TYPE oid;
-- expect: changing-column-type: indexes of it are rebuilt
