CREATE TABLE parcels (
    id bigint PRIMARY KEY,
    sent_at timestamptz NOT NULL,
    code varchar(20),
    weight integer,
    price numeric(10, 2)
);
CREATE INDEX parcels_sent_at_idx ON parcels (sent_at);
CREATE INDEX parcels_weight_idx ON parcels (weight);
CREATE INDEX parcels_code_idx ON parcels (code);
