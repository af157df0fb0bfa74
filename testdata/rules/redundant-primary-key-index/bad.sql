CREATE TABLE growers (id bigint PRIMARY KEY, code text UNIQUE, name text);
CREATE INDEX growers_id_idx ON growers (id);
-- expect: redundant-primary-key-index: repeats the primary key growers_pkey

CREATE INDEX growers_code_idx ON growers USING btree (code);
-- expect: redundant-primary-key-index

CREATE TABLE picks (field_id bigint, day date, kg numeric, PRIMARY KEY (field_id, day));
CREATE INDEX picks_field_id_idx ON picks (field_id);
-- expect: redundant-primary-key-index: the beginning of the primary key

-- A note: it adds columns for index-only scans.
CREATE INDEX picks_kg_idx ON picks (field_id, day) INCLUDE (kg);
-- expect: redundant-primary-key-index
