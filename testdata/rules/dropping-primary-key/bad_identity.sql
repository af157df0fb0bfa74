-- Subscribers go by the whole row here; the index and the uniqueness go anyway.
ALTER TABLE yard.docks REPLICA IDENTITY FULL;
ALTER TABLE yard.docks DROP CONSTRAINT docks_pkey;
-- expect: dropping-primary-key: duplicates may come
