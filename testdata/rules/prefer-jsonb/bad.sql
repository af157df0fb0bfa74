CREATE TABLE trips (id bigint, body json, more json NOT NULL);
-- expect: prefer-jsonb
-- expect: prefer-jsonb
ALTER TABLE trips ADD COLUMN seen json;
-- expect: prefer-jsonb
ALTER TABLE trips ALTER COLUMN body TYPE json;
-- expect: prefer-jsonb
