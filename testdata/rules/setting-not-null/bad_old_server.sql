-- config: pg-version=12
ALTER TABLE fields ALTER COLUMN name SET NOT NULL;
-- expect: setting-not-null
