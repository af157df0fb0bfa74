-- config: assume-in-transaction
CREATE INDEX CONCURRENTLY cellars_id_idx ON cellars (id);
-- expect: concurrently-in-transaction
