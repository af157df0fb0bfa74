CREATE TABLE guests (
    id bigint PRIMARY KEY,
    email text NOT NULL,
    phone text,
    passport varchar(20),
    status text NOT NULL,
    is_vip boolean NOT NULL,
    host_id bigint,
    agent_id bigint,
    hotel_id bigint,
    seen_at timestamptz,
    aliases text[],
    seat integer
);
CREATE UNIQUE INDEX guests_email_key ON guests (email);
CREATE INDEX guests_host_idx ON guests (host_id);
CREATE INDEX guests_hotel_idx ON guests (hotel_id);
CREATE INDEX guests_agent_open ON guests (agent_id) WHERE status = 'open';
CREATE INDEX guests_hotel_seat_idx ON guests (hotel_id, seat);
CREATE SCHEMA desk;
CREATE TABLE desk."Bookings" (
    id uuid PRIMARY KEY,
    guest_id bigint NOT NULL REFERENCES guests,
    code text NOT NULL,
    room integer,
    state text
);
CREATE INDEX bookings_code_idx ON desk."Bookings" (code);
CREATE INDEX bookings_guest_idx ON desk."Bookings" (guest_id);
