CREATE TABLE trips (id bigserial PRIMARY KEY, no serial);
-- expect: prefer-identity
-- expect: prefer-identity
ALTER TABLE trips ADD COLUMN more smallserial;
--                                ^ expect: prefer-identity
