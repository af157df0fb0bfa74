CREATE TABLE parcels (
    id bigint PRIMARY KEY,
    sent_at timestamptz NOT NULL,
    day date,
    route text NOT NULL,
    status text,
    weight integer NOT NULL,
    sender varchar(80),
    tags text[],
    data jsonb
);
CREATE INDEX parcels_sent_at_idx ON parcels (sent_at);
CREATE INDEX parcels_route_idx ON parcels (route);
CREATE INDEX parcels_weight_idx ON parcels (weight);
CREATE INDEX parcels_status_idx ON parcels (status);
CREATE TABLE stops (id bigint PRIMARY KEY, parcel_id bigint NOT NULL REFERENCES parcels, town text, at timestamptz);
CREATE INDEX stops_parcel_idx ON stops (parcel_id);
CREATE INDEX stops_town_at_idx ON stops (town, at);
