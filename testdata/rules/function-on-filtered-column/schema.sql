CREATE TABLE parcels (
    id bigint PRIMARY KEY,
    sent_at timestamptz NOT NULL,
    day date,
    route text NOT NULL,
    status text,
    sender varchar(80)
);
CREATE INDEX parcels_sent_at_idx ON parcels (sent_at);
CREATE INDEX parcels_day_idx ON parcels (day);
CREATE INDEX parcels_route_idx ON parcels (route);
CREATE INDEX parcels_status_idx ON parcels (status);
CREATE INDEX parcels_sender_idx ON parcels (lower(sender));
CREATE TABLE routes (id bigint PRIMARY KEY, code text UNIQUE);
