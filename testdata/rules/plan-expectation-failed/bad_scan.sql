/* expect-plan: index=shipments_customer_id_idx */
-- expect-plan: no-seq-scan=shipments, no-sort
SELECT sent_at, status FROM shipments WHERE customer_id = 42 ORDER BY sent_at;
-- expect-plan: max-rows=1000 max-ms=1 no-node="Gather"
