-- expect-plan: no-seq-scan node="Index Scan" max-rows=many seq-scan=no max-cost=10
SELECT id FROM grower_payments WHERE batch_id = 7 OR note = 'x';
