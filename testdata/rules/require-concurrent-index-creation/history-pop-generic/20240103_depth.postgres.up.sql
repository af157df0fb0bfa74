CREATE INDEX ponds_depth_idx ON ponds (depth);
-- expect: require-concurrent-index-creation: put '.autocommit' before '.up.sql' in the file's name.
