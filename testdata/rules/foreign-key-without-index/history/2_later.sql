CREATE INDEX CONCURRENTLY fields_grower_id_idx ON fields (grower_id);
