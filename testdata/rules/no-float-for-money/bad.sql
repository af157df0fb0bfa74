CREATE TABLE invoices (
    id bigint PRIMARY KEY,
    total_price double precision,
--              ^ expect: no-float-for-money: total_price sounds like money
    "shippingFee" real
--                ^ expect: no-float-for-money
);
ALTER TABLE invoices ADD COLUMN balance float;
--                                      ^ expect: no-float-for-money
