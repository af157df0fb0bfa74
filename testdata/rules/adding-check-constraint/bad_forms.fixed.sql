alter table only shop.orders add constraint orders_cents_check check (cents >= 0) NOT VALID;
ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_cents_check;
--                               ^ expect: adding-check-constraint: shop.orders

ALTER TABLE IF EXISTS shop.orders
    ADD CONSTRAINT "paid, if at all, lately" CHECK ("Paid On" IS NULL OR "Paid On" > '2001-01-01') NO INHERIT NOT VALID;
ALTER TABLE IF EXISTS shop.orders VALIDATE CONSTRAINT "paid, if at all, lately";
--      ^ expect: adding-check-constraint

ALTER TABLE lines ADD CONSTRAINT lines_qty_check CHECK (qty BETWEEN 1 AND 99) NOT VALID;
ALTER TABLE lines VALIDATE CONSTRAINT lines_qty_check;
-- expect: adding-check-constraint

ALTER TABLE unseen ADD CONSTRAINT unseen_check CHECK (a > b) NOT VALID;
ALTER TABLE unseen VALIDATE CONSTRAINT unseen_check;
-- expect: adding-check-constraint: unseen

-- Of several the last alone can be split off; the others are split by hand.
ALTER TABLE shop.orders
    ADD CONSTRAINT orders_cents_check CHECK (cents >= 0),
--      ^ expect: adding-check-constraint
    ADD CHECK (state <> '') NOT VALID,
    ADD CONSTRAINT orders_state_check CHECK (state IN ('open', 'paid')) NOT VALID;
ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_state_check;
--      ^ expect: adding-check-constraint
