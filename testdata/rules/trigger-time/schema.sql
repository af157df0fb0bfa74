CREATE TABLE shops (id int PRIMARY KEY, name text);
CREATE TABLE sales (
    id int PRIMARY KEY,
    shop_id int CONSTRAINT sales_shop_fk REFERENCES shops ON DELETE CASCADE,
    total int
);
CREATE TABLE refunds (
    id int PRIMARY KEY,
    sale_id int CONSTRAINT refunds_sale_fk REFERENCES sales,
    at int
);
CREATE TABLE tickets (
    id int PRIMARY KEY,
    shop_id int CONSTRAINT tickets_shop_fk REFERENCES shops,
    body text
);
CREATE INDEX tickets_shop_idx ON tickets (shop_id);
