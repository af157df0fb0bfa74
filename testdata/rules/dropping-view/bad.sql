DROP VIEW old_trucks;
-- expect: dropping-view: old_trucks
DROP MATERIALIZED VIEW IF EXISTS sums;
-- expect: dropping-view: the materialized view
DROP VIEW IF EXISTS yard.seen_nowhere;
-- expect: dropping-view
