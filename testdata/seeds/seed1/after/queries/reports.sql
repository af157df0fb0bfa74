-- The last thirty days, from what is counted ahead.
SELECT
    day,
    grower_id,
    fruit_type,
    batch_count,
    total_kg,
    avg_batch_kg
FROM daily_grower_intake
WHERE day >= CURRENT_DATE - INTERVAL '30 days'
ORDER BY day DESC, total_kg DESC
LIMIT 20;

SELECT * FROM grower_payments
WHERE paid_date >= '2026-01-01'
  AND paid_date <= '2026-01-31';

-- The story of one batch.
SELECT event_type, event_data, recorded_at
FROM batch_history
WHERE batch_id = $1
ORDER BY recorded_at;
