-- expect-plan: no-seq-scan node="Index Scan" max-rows=many seq-scan=no max-cost=10
SELECT id FROM shipments WHERE customer_id = 7 OR weight_g = 31;
