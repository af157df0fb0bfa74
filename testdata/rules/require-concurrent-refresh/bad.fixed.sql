REFRESH MATERIALIZED VIEW CONCURRENTLY regions;
-- expect: require-concurrent-refresh
REFRESH MATERIALIZED VIEW unseen;
-- expect: require-concurrent-refresh
