-- Whether a tool wraps this file is not known.
SET LOCAL lock_timeout = '2s';
ALTER TABLE ramps ADD COLUMN depot_id bigint;
