-- A mail-order shop, as its migrations made it: the indexes that a framework
-- makes, a few that somebody thought of, and the ones that nobody did.
CREATE TABLE stores (
    id integer PRIMARY KEY,
    name text NOT NULL,
    country text NOT NULL
);
CREATE TABLE customers (
    id bigint PRIMARY KEY,
    email text NOT NULL,
    name text NOT NULL,
    country text NOT NULL,
    city text NOT NULL,
    zip text NOT NULL,
    newsletter boolean NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX customers_email_key ON customers (email);
CREATE TABLE categories (
    id integer PRIMARY KEY,
    parent_id integer,
    name text NOT NULL
);
CREATE TABLE products (
    id integer PRIMARY KEY,
    sku varchar(20) NOT NULL,
    title text NOT NULL,
    category_id integer NOT NULL REFERENCES categories,
    price numeric(10, 2) NOT NULL,
    tags text[] NOT NULL,
    attributes jsonb NOT NULL
);
CREATE UNIQUE INDEX products_sku_key ON products (sku);
CREATE INDEX products_tags_idx ON products USING gin (tags);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    store_id integer NOT NULL REFERENCES stores,
    state text NOT NULL,
    placed_at timestamptz NOT NULL,
    total numeric(12, 2) NOT NULL,
    note text
);
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
CREATE INDEX orders_placed_at_idx ON orders (placed_at);
CREATE TABLE order_lines (
    order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
    line smallint NOT NULL,
    product_id integer NOT NULL REFERENCES products,
    quantity integer NOT NULL,
    PRIMARY KEY (order_id, line)
);
CREATE TABLE payments (
    id bigint PRIMARY KEY,
    order_id bigint NOT NULL,
    provider text NOT NULL,
    reference varchar(40) NOT NULL,
    paid_at timestamptz NOT NULL,
    amount numeric(12, 2) NOT NULL,
    CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders
);
CREATE TABLE jobs (
    id bigint PRIMARY KEY,
    state text NOT NULL,
    run_at timestamptz NOT NULL,
    payload text NOT NULL
);
CREATE INDEX jobs_ready_idx ON jobs (run_at) WHERE state = 'ready';
CREATE TABLE settings (
    key text PRIMARY KEY,
    value text NOT NULL
);
CREATE TABLE stock (
    product_id integer NOT NULL REFERENCES products,
    store_id integer NOT NULL REFERENCES stores,
    quantity integer NOT NULL,
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (product_id, store_id)
);
CREATE TABLE clicks (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    product_id integer NOT NULL,
    clicked_at timestamptz NOT NULL
) PARTITION BY RANGE (clicked_at);
CREATE TABLE clicks_2026_01 PARTITION OF clicks
    FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE clicks_2026_02 PARTITION OF clicks
    FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE clicks_2026_03 PARTITION OF clicks
    FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
CREATE TABLE clicks_2026_04 PARTITION OF clicks
    FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
CREATE TABLE clicks_2026_05 PARTITION OF clicks
    FOR VALUES FROM ('2026-05-01') TO ('2026-06-01');
CREATE INDEX clicks_clicked_at_idx ON clicks (clicked_at);
CREATE TABLE parcels (
    id bigint NOT NULL,
    region text NOT NULL,
    order_id bigint NOT NULL,
    weight_g integer NOT NULL
) PARTITION BY LIST (region);
CREATE TABLE parcels_north PARTITION OF parcels FOR VALUES IN ('north');
CREATE TABLE parcels_east PARTITION OF parcels FOR VALUES IN ('east');
CREATE TABLE parcels_south PARTITION OF parcels FOR VALUES IN ('south');
CREATE TABLE parcels_west PARTITION OF parcels FOR VALUES IN ('west');
CREATE INDEX parcels_order_id_idx ON parcels (order_id);
CREATE TABLE meter_readings (
    meter_id integer NOT NULL,
    read_at timestamptz NOT NULL,
    value double precision NOT NULL
);
CREATE INDEX meter_readings_meter_id_idx ON meter_readings (meter_id);
CREATE INDEX meter_readings_read_at_idx ON meter_readings
    USING brin (read_at) WITH (pages_per_range = 16);
CREATE TABLE mails (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    sent_at timestamptz NOT NULL,
    body text NOT NULL
);
CREATE INDEX mails_id_idx ON mails (id);
