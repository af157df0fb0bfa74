CREATE SCHEMA shop;
CREATE TABLE shop.orders (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL,
    "Store" uuid,
    status text,
    total numeric,
    placed_at timestamptz
);
CREATE INDEX orders_customer_idx ON shop.orders (customer_id);
CREATE INDEX orders_store_idx ON shop.orders ("Store");
CREATE TABLE customers (id bigint PRIMARY KEY, name text);
