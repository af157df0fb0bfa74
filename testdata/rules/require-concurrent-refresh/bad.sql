REFRESH MATERIALIZED VIEW regions;
-- expect: require-concurrent-refresh
REFRESH MATERIALIZED VIEW unseen;
-- expect: require-concurrent-refresh
