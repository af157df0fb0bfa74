-- No migration makes a partition of it, so something else does.
CREATE INDEX plans_began_idx ON plans (began);
-- expect: partitioned-index-blocks-writes: partitions that it may have
