CREATE INDEX CONCURRENTLY orchards_variety_idx ON orchards (variety);
