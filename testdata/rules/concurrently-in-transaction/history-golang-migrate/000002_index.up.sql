-- Alone in its file it runs by itself.
CREATE INDEX CONCURRENTLY ramps_both_idx ON ramps (depot_id, id);
