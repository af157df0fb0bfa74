CREATE TABLE parcels (
    id bigint PRIMARY KEY,
    route_id bigint NOT NULL,
    state text NOT NULL,
    weight_g integer NOT NULL,
    sent_at timestamptz NOT NULL
);
CREATE INDEX parcels_route_sent_idx ON parcels (route_id, sent_at);
CREATE TABLE scans (parcel_id bigint NOT NULL, at date NOT NULL)
PARTITION BY RANGE (at);
CREATE TABLE scans_1 PARTITION OF scans
FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE scans_2 PARTITION OF scans
FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE INDEX scans_parcel_idx ON scans (parcel_id, at);
