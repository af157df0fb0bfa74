CREATE TABLE queue (id bigint PRIMARY KEY) WITH (autovacuum_enabled = false);
--                                               ^ expect: autovacuum-disabled
ALTER TABLE queue SET (fillfactor = 70, autovacuum_enabled = off);
--                                      ^ expect: autovacuum-disabled
ALTER TABLE queue SET (toast.autovacuum_enabled = 'false');
-- expect: autovacuum-disabled
