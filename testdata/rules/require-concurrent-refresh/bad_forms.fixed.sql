  refresh materialized view CONCURRENTLY "Daily";
--^ expect: require-concurrent-refresh: "Daily"
REFRESH MATERIALIZED VIEW CONCURRENTLY public."Daily" WITH DATA;
-- expect: require-concurrent-refresh

-- No index fits, so the edit would only make the statement fail.
REFRESH MATERIALIZED VIEW by_stall;
-- expect: require-concurrent-refresh
REFRESH MATERIALIZED VIEW top;
-- expect: require-concurrent-refresh
REFRESH MATERIALIZED VIEW elsewhere.unseen;
-- expect: require-concurrent-refresh: elsewhere.unseen

-- Filled once, it has readers.
REFRESH MATERIALIZED VIEW planned;
REFRESH MATERIALIZED VIEW planned;
-- expect: require-concurrent-refresh: planned

-- Unlike an index build, it may be concurrent inside a transaction.
BEGIN;
REFRESH MATERIALIZED VIEW CONCURRENTLY "Daily";
-- expect: require-concurrent-refresh
COMMIT;
