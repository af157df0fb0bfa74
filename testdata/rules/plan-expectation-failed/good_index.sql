-- expect-plan: index=customers_lower_email_idx, no-seq-scan, no-sort, max-rows=1000
-- expect-plan: node="index scan" no-node="Seq Scan" max-cost=1000 max-ms=1000
SELECT id FROM customers WHERE lower(email) = 'c777@example.org';
