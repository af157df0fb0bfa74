CREATE TABLE tickets (id bigint PRIMARY KEY, seat text NOT NULL, printed_at timestamptz);
CREATE INDEX tickets_printed_at_idx ON tickets (printed_at);
-- ok: unused-index
