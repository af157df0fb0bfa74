CREATE INDEX orchards_owner_id_idx ON orchards (owner_id);
