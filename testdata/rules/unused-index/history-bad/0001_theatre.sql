CREATE TABLE halls (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE tickets (
    id bigint PRIMARY KEY,
    hall_id bigint NOT NULL REFERENCES halls (id),
    seat text NOT NULL,
    "soldBy" text,
    price numeric,
    printed_at timestamptz
);
CREATE INDEX tickets_hall_id_idx ON tickets (hall_id);
-- ok: unused-index
CREATE INDEX tickets_printed_at_idx ON tickets (printed_at);
-- expect: unused-index
CREATE INDEX tickets_sold_by_idx ON tickets (lower("soldBy"));
-- expect: unused-index: tickets_sold_by_idx
CREATE INDEX tickets_price_idx ON tickets USING brin (price) WHERE price IS NOT NULL;
-- expect: unused-index
CREATE INDEX tickets_seat_idx ON tickets (seat, hall_id);
-- ok: unused-index
CREATE UNIQUE INDEX tickets_price_seat_idx ON tickets (price, id);
-- ok: unused-index
CREATE INDEX halls_name_idx ON halls (name);
-- ok: unused-index
CREATE TABLE ledgers (id bigint PRIMARY KEY, day date, EXCLUDE USING btree (day WITH =));
CREATE INDEX ledgers_day_idx ON ledgers (day);
-- ok: unused-index
CREATE FUNCTION grow(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I (LIKE tickets)', name);
END
$$;
