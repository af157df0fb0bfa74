CREATE TABLE events (id bigint PRIMARY KEY, body jsonb NOT NULL, "extraData" jsonb, labels jsonb, host text);
CREATE INDEX events_body_idx ON events USING gin (body jsonb_path_ops);
CREATE INDEX events_extra_idx ON events USING gin ("extraData");
CREATE INDEX events_labels_idx ON events USING gin ((labels -> 'all') jsonb_path_ops);
CREATE SCHEMA audit;
CREATE TABLE audit.rows (id bigint, new_row jsonb);
CREATE INDEX rows_new_row_idx ON audit.rows USING gin (new_row jsonb_ops);
