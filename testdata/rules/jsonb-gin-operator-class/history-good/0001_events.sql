CREATE TABLE events (id bigint PRIMARY KEY, body jsonb NOT NULL, extra jsonb, labels jsonb, host text, tags text[], few jsonb, notes jsonb);
CREATE INDEX events_body_idx ON events USING gin (body jsonb_path_ops);
-- ok: jsonb-gin-operator-class
CREATE INDEX events_extra_idx ON events USING gin (extra);
-- ok: jsonb-gin-operator-class
CREATE INDEX events_labels_path_idx ON events USING gin (labels jsonb_path_ops);
CREATE INDEX events_labels_idx ON events USING gin (labels);
-- ok: jsonb-gin-operator-class
CREATE INDEX events_tags_idx ON events USING gin (tags);
-- ok: jsonb-gin-operator-class
CREATE INDEX events_few_idx ON events USING gin (few);
-- ok: jsonb-gin-operator-class
CREATE INDEX events_notes_idx ON events USING gin (notes);
-- ok: jsonb-gin-operator-class
CREATE FUNCTION noted(k text) RETURNS bigint LANGUAGE sql AS
    'SELECT count(*) FROM events WHERE notes ? k';
