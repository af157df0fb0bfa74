-- migrate:up
ALTER TABLE readings ADD COLUMN dew_point numeric;
CREATE INDEX readings_dew_idx ON readings (dew_point);
-- expect: require-concurrent-index-creation

-- migrate:down
CREATE INDEX readings_dew_back_idx ON readings (celsius);
-- expect: require-concurrent-index-creation
DROP INDEX readings_dew_idx;
