TRUNCATE depots CASCADE;
-- expect: truncating: through foreign keys, of trucks
