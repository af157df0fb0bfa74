/* expect-plan: index=batch_history_batch_id_idx */
-- expect-plan: no-seq-scan=batch_history, no-sort
SELECT changed_at, status FROM batch_history WHERE batch_id = 42 ORDER BY changed_at;
-- expect-plan: max-rows=1000 max-ms=100 no-node="Gather Merge"
