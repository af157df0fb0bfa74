CREATE TABLE growers (id bigint PRIMARY KEY, code text UNIQUE, name text);
CREATE INDEX growers_name_id_idx ON growers (name, id);
CREATE INDEX growers_lower_idx ON growers (lower(code));
CREATE INDEX growers_some_idx ON growers (id) WHERE name IS NULL;
CREATE INDEX growers_hash_idx ON growers USING hash (id);
CREATE INDEX growers_pattern_idx ON growers (code text_pattern_ops);
CREATE TABLE picks (field_id bigint, day date, kg numeric, PRIMARY KEY (field_id, day));
CREATE INDEX picks_day_idx ON picks (day);
CREATE INDEX picks_other_way_idx ON picks (day, field_id);
-- Unique in fewer columns: it says more than the key.
CREATE UNIQUE INDEX picks_field_key ON picks (field_id);
