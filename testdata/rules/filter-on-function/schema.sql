CREATE TABLE depots (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    region text NOT NULL
);
CREATE TABLE customers (
    id bigint PRIMARY KEY,
    email varchar(120) NOT NULL,
    country text NOT NULL,
    city text NOT NULL,
    depot_id bigint NOT NULL
);
CREATE TABLE shipments (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL,
    depot_id bigint NOT NULL,
    status varchar(20) NOT NULL,
    weight_g integer NOT NULL,
    sent_at timestamptz NOT NULL
);
CREATE TABLE labels (
    code varchar(20) PRIMARY KEY,
    text text NOT NULL
);
CREATE TABLE scans (
    id bigint NOT NULL,
    shipment_id bigint NOT NULL,
    scanned_at timestamptz NOT NULL,
    depot_id bigint NOT NULL
) PARTITION BY RANGE (scanned_at);
CREATE TABLE returns (
    id bigint NOT NULL,
    region text NOT NULL,
    weight_g integer NOT NULL
) PARTITION BY LIST (region);
CREATE TABLE returns_north PARTITION OF returns FOR VALUES IN ('north');
CREATE TABLE returns_south PARTITION OF returns FOR VALUES IN ('south');
CREATE TABLE returns_rest PARTITION OF returns DEFAULT;
CREATE TABLE scans_2026_01 PARTITION OF scans
    FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE scans_2026_02 PARTITION OF scans
    FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE scans_2026_03 PARTITION OF scans
    FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
CREATE TABLE scans_2026_04 PARTITION OF scans
    FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
CREATE INDEX shipments_sent_at_idx ON shipments (sent_at);
CREATE INDEX customers_email_idx ON customers (email COLLATE "C");
