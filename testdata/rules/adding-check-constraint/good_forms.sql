ALTER TABLE shop.orders ADD CONSTRAINT orders_cents_check CHECK (cents >= 0) NO INHERIT NOT VALID;
ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_cents_check;
ALTER TABLE shop.orders DROP CONSTRAINT orders_cents_check;
CREATE TABLE refunds (
    id bigint PRIMARY KEY CHECK (id > 0),
    cents bigint NOT NULL,
    CHECK (cents > 0)
);
ALTER TABLE refunds ADD CONSTRAINT refunds_cap CHECK (cents < 100000);
-- ok: adding-check-constraint
ALTER TABLE refunds ADD COLUMN reason text CHECK (reason <> '');
-- ok: adding-check-constraint
CREATE TEMP TABLE basket (id bigint);
ALTER TABLE basket ADD CHECK (id > 0);
-- ok: adding-check-constraint
CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);
CREATE POLICY own ON shop.orders FOR INSERT WITH CHECK (state = 'open');
CREATE VIEW open_orders AS SELECT * FROM shop.orders WHERE state = 'open' WITH LOCAL CHECK OPTION;
DO $$ BEGIN ALTER TABLE basket ADD CHECK (id < 9); END $$;
