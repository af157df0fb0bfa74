CREATE VIEW old_trucks WITH (security_invoker = true) AS SELECT * FROM trucks;
CREATE VIEW more WITH (security_barrier, security_invoker) AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW sums AS SELECT 1 AS a;
CREATE TABLE t AS SELECT 1 AS a;
