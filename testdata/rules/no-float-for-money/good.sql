CREATE TABLE invoices (
    id bigint PRIMARY KEY,
    total_price numeric(12, 2),
    -- a number that is no money
    latitude double precision,
    -- a rate is no amount
    tax_rate double precision,
    -- a word that only begins like one
    costume_size real,
    price_cents bigint
);
-- nobody keeps it
CREATE TEMPORARY TABLE sums (price double precision);
