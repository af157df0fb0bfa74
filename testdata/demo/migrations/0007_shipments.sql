-- Reads all bins, but neither readers nor writers wait for it.
SET lock_timeout = '2s';

ALTER TABLE bins VALIDATE CONSTRAINT bins_room_id_fkey;

CREATE TABLE customers (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE shipments (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id),
    state       text NOT NULL DEFAULT 'planned',
    leaves_at   timestamptz NOT NULL
);

CREATE INDEX shipments_customer_id_idx ON shipments (customer_id);
CREATE INDEX shipments_leaves_at_idx ON shipments (leaves_at);

CREATE TABLE shipment_bins (
    shipment_id bigint NOT NULL REFERENCES shipments (id),
    bin_id      bigint NOT NULL REFERENCES bins (id),
    PRIMARY KEY (shipment_id, bin_id)
);

CREATE INDEX shipment_bins_bin_id_idx ON shipment_bins (bin_id);
