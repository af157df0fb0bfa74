CREATE INDEX CONCURRENTLY orchards_owner_id_idx ON orchards (owner_id);
-- expect: concurrently-in-transaction
