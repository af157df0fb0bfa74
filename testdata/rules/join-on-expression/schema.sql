CREATE TABLE parcels (
    id bigint PRIMARY KEY,
    route text NOT NULL,
    code varchar(20) NOT NULL,
    weight integer NOT NULL
);
CREATE INDEX parcels_route_idx ON parcels (route);
CREATE INDEX parcels_code_idx ON parcels (code);
CREATE INDEX parcels_weight_idx ON parcels (weight);
CREATE TABLE notes (parcel text, route text, body text, weight integer);
CREATE TABLE drivers (id bigint PRIMARY KEY, route text, badge text);
CREATE INDEX drivers_route_idx ON drivers (route);
CREATE INDEX drivers_badge_idx ON drivers (upper(badge));
