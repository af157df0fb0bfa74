CREATE TABLE halls (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE tickets (
    id bigint PRIMARY KEY,
    seat text NOT NULL,
    sold_by text,
    price numeric,
    printed_at timestamptz,
    code text,
    zone text,
    gate text,
    rest jsonb
);
CREATE INDEX tickets_printed_at_idx ON tickets (printed_at);
-- ok: unused-index
CREATE INDEX tickets_sold_by_idx ON tickets (lower(sold_by));
-- ok: unused-index
CREATE INDEX tickets_price_idx ON tickets (price);
-- ok: unused-index
CREATE INDEX tickets_seat_idx ON tickets (id) WHERE seat = 'A1';
-- ok: unused-index
CREATE INDEX tickets_code_idx ON tickets (code);
-- ok: unused-index
CREATE INDEX tickets_zone_idx ON tickets (zone);
-- ok: unused-index
CREATE INDEX tickets_gate_idx ON tickets (gate);
-- ok: unused-index
CREATE INDEX tickets_rest_idx ON tickets USING gin (rest);
-- ok: unused-index
CREATE FUNCTION recount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM tickets WHERE zone = NEW.name;
    RETURN NEW;
END
$$;
CREATE VIEW gates AS SELECT id, gate FROM tickets;
