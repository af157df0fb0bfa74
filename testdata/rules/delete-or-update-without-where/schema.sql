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
-- One row each: the key can have one value.
CREATE TABLE office (id integer PRIMARY KEY CHECK (id = 1), opens time);
CREATE TABLE mail (one boolean DEFAULT true NOT NULL UNIQUE CHECK (one), host text);
CREATE TABLE leader ("Name" text CONSTRAINT one_leader CHECK (("Name")::text = 'main'::text), PRIMARY KEY ("Name"), since date);
-- NULL stays possible, or rows from before, or other values.
CREATE TABLE nulls (id integer UNIQUE CHECK (id = 1), n int);
CREATE TABLE early (id integer PRIMARY KEY, n int);
ALTER TABLE early ADD CONSTRAINT one CHECK (id = 1) NOT VALID;
CREATE TABLE ranged (id integer PRIMARY KEY CHECK (id >= 1), n int);
CREATE TABLE two (id integer PRIMARY KEY CHECK (id = 1 OR id = 2), n int);
CREATE TABLE ids (id integer PRIMARY KEY CHECK (id = n), n int);
