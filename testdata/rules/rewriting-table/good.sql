VACUUM ANALYZE trucks;
ALTER TABLE trucks SET (fillfactor = 70);
CREATE UNLOGGED TABLE ramps (id bigint PRIMARY KEY);
ALTER TABLE ramps SET LOGGED;
CLUSTER ramps USING ramps_pkey;
ALTER TABLE trucks CLUSTER ON trucks_pkey;
