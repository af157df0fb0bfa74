CREATE INDEX CONCURRENTLY growers_id_idx ON growers (id);
-- expect: redundant-primary-key-index
