ALTER TABLE fields ALTER COLUMN name SET NOT NULL;
-- expect: setting-not-null: fields
-- A CHECK that was never validated proves nothing.
ALTER TABLE fields ALTER hectares SET NOT NULL;
-- expect: setting-not-null
