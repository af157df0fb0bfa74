CLUSTER trucks USING trucks_pkey;
-- expect: rewriting-table: CLUSTER rewrites trucks
VACUUM FULL yard."Trailers";
-- expect: rewriting-table: VACUUM FULL rewrites yard."Trailers"
ALTER TABLE depots SET UNLOGGED;
-- expect: rewriting-table: SET UNLOGGED rewrites depots
ALTER TABLE trucks SET TABLESPACE fast;
-- expect: rewriting-table: SET TABLESPACE rewrites trucks
VACUUM FULL;
-- expect: rewriting-table: every table
