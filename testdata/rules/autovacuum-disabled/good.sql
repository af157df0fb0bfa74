CREATE TABLE queue (id bigint PRIMARY KEY) WITH (autovacuum_enabled = true);
ALTER TABLE queue SET (autovacuum_vacuum_scale_factor = 0.01);
-- back to what the server says
ALTER TABLE queue RESET (autovacuum_enabled);
ALTER TABLE queue SET (fillfactor = 70);
COMMENT ON TABLE queue IS 'autovacuum_enabled = false';
