-- Are the new indexes used?
SELECT
    schemaname, relname, indexrelname, idx_scan, idx_tup_read, idx_tup_fetch
FROM pg_stat_user_indexes
WHERE indexrelname LIKE 'idx_%'
ORDER BY idx_scan DESC;

-- Slow queries. A view of the server's own: no index could help it.
SELECT query, mean_exec_time, calls
FROM pg_stat_statements
WHERE query LIKE '%nodes%' OR query LIKE '%alerts%'
-- ok: leading-wildcard-like
ORDER BY mean_exec_time DESC
LIMIT 10;
