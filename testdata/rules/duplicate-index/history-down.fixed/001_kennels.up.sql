CREATE TABLE kennels (id bigint PRIMARY KEY, owner text, city text, name text);
CREATE INDEX kennels_owner_idx ON kennels (owner);
CREATE INDEX kennels_owner_again_idx ON kennels (owner);
-- expect: duplicate-index
CREATE INDEX kennels_city_idx ON kennels (city);

-- expect: duplicate-index
CREATE INDEX kennels_name_idx ON kennels (name);
CREATE INDEX kennels_name_again_idx ON kennels (name);
-- expect: duplicate-index: DROP INDEX CONCURRENTLY kennels_named_idx;
