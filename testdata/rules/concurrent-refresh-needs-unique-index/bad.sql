REFRESH MATERIALIZED VIEW CONCURRENTLY loads;
-- expect: concurrent-refresh-needs-unique-index: loads
CREATE INDEX loads_idx ON loads (depot_id);
CREATE UNIQUE INDEX loads_some_key ON loads (depot_id) WHERE n > 1;
CREATE UNIQUE INDEX loads_expression_key ON loads ((depot_id + 0));
REFRESH MATERIALIZED VIEW CONCURRENTLY public.loads;
-- expect: concurrent-refresh-needs-unique-index: loads
REFRESH MATERIALIZED VIEW CONCURRENTLY yard."Sums";
-- expect: concurrent-refresh-needs-unique-index: yard."Sums"
