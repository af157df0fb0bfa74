CREATE TABLE ramps (id bigint PRIMARY KEY);
DROP TABLE ramps;
CREATE TEMP TABLE moved (id bigint);
DROP TABLE moved;
DROP VIEW old_trucks;
DROP MATERIALIZED VIEW loads;
