WITH o AS MATERIALIZED (SELECT id, customer_id FROM shop.orders)
SELECT id FROM o WHERE o.customer_id = $1;
--                     ^ expect: window-or-cte-materialized-scan: MATERIALIZED keeps this condition away from orders_customer_idx
WITH late AS MATERIALIZED (SELECT * FROM shop.orders WHERE total > 0)
SELECT id FROM late WHERE "Store" IN ($1, $2) AND placed_at > $3;
--                        ^ expect: window-or-cte-materialized-scan: orders_store_idx
SELECT id FROM (
    SELECT id, customer_id AS buyer, rank() OVER (ORDER BY total DESC) AS place FROM shop.orders) AS s
 WHERE buyer = 7;
--     ^ expect: window-or-cte-materialized-scan: a window function keeps this condition away from orders_customer_idx
WITH s AS (SELECT *, lag(total) OVER (PARTITION BY status ORDER BY id) FROM shop.orders)
SELECT * FROM s WHERE customer_id = ANY($1) AND status = 'paid';
--                    ^ expect: window-or-cte-materialized-scan
