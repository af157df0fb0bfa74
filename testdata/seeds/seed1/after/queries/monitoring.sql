SELECT indexname, indexdef
FROM pg_indexes
WHERE tablename = 'batches'
AND schemaname = 'public';

SELECT * FROM timescaledb_information.jobs
WHERE proc_name = 'policy_compression';

SELECT * FROM timescaledb_information.continuous_aggregates
WHERE view_name = 'daily_grower_intake';

SELECT
    schemaname,
    relname,
    indexrelname,
    idx_scan,
    idx_tup_read,
    idx_tup_fetch
FROM pg_stat_user_indexes
WHERE relname IN ('batches', 'batch_history', 'grower_payments')
ORDER BY idx_scan DESC;
