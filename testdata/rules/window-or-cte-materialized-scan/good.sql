-- the condition is moved inside
WITH o AS (SELECT id, customer_id FROM shop.orders) SELECT id FROM o WHERE customer_id = $1;
WITH o AS NOT MATERIALIZED (SELECT id, customer_id FROM shop.orders) SELECT id FROM o WHERE customer_id = $1;
SELECT id FROM (SELECT id, customer_id FROM shop.orders) AS s WHERE customer_id = $1;
SELECT id FROM (
    SELECT id, customer_id, rank() OVER (PARTITION BY customer_id ORDER BY total) FROM shop.orders) AS s
 WHERE customer_id = 7;
-- the first of each: the function's own column
SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY total) AS n FROM shop.orders) AS s
 WHERE n = 1;
-- a condition inside finds the rows
WITH o AS MATERIALIZED (SELECT id, customer_id FROM shop.orders WHERE "Store" = $2)
SELECT id FROM o WHERE customer_id = $1;
SELECT id FROM (
    SELECT id, customer_id, rank() OVER (ORDER BY total) FROM shop.orders WHERE "Store" = $2) AS s
 WHERE customer_id = 7;
-- read twice: it is made once for both
WITH o AS MATERIALIZED (SELECT id, customer_id FROM shop.orders)
SELECT a.id FROM o a JOIN o b ON b.id = a.id WHERE a.customer_id = $1;
-- made so that functions are called once, that rows are locked, that few come
WITH o AS MATERIALIZED (SELECT id, customer_id, slow_score(id) FROM shop.orders)
SELECT id FROM o WHERE customer_id = $1;
WITH o AS MATERIALIZED (SELECT id, customer_id FROM shop.orders FOR UPDATE)
SELECT id FROM o WHERE customer_id = $1;
WITH o AS MATERIALIZED (SELECT id, customer_id FROM shop.orders ORDER BY id LIMIT 10)
SELECT id FROM o WHERE customer_id = $1;
WITH o AS MATERIALIZED (SELECT customer_id, sum(total) FROM shop.orders GROUP BY 1)
SELECT * FROM o WHERE customer_id = $1;
-- no index inside, an expression, another table's value, an OR
WITH o AS MATERIALIZED (SELECT id, status FROM shop.orders) SELECT id FROM o WHERE status = $1;
WITH o AS MATERIALIZED (SELECT id, customer_id + 1 AS customer_id FROM shop.orders)
SELECT id FROM o WHERE customer_id = $1;
WITH o AS MATERIALIZED (SELECT id, customer_id FROM shop.orders)
SELECT o.id FROM o JOIN customers c ON c.id = o.customer_id WHERE c.name = $1;
WITH o AS MATERIALIZED (SELECT id, customer_id FROM shop.orders)
SELECT id FROM o WHERE customer_id = $1 OR id = $2;
WITH o AS MATERIALIZED (SELECT id, code FROM unseen) SELECT id FROM o WHERE code = $1;
