CREATE TABLE trips (id bigint, began timestamp, ended timestamp(3) without time zone);
-- expect: prefer-timestamptz
-- expect: prefer-timestamptz
ALTER TABLE trips ADD COLUMN seen timestamp DEFAULT now();
--                                ^ expect: prefer-timestamptz
ALTER TABLE trips ALTER COLUMN id TYPE timestamp USING now();
-- expect: prefer-timestamptz
