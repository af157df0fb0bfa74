START TRANSACTION;
ALTER TABLE shop.orders ADD CONSTRAINT orders_id_check CHECK (id > 0);
-- expect: adding-check-constraint
COMMIT;

-- With the column comes its CHECK, and both are tried on every row.
ALTER TABLE shop.orders ADD COLUMN rebate integer DEFAULT 0 CHECK (rebate < 50);
--                                                          ^ expect: adding-check-constraint
