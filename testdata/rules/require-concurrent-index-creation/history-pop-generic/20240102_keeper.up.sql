CREATE INDEX ponds_keeper_idx ON ponds (keeper) WHERE depth > 2;
-- expect: require-concurrent-index-creation: put '.postgres.autocommit' before '.up.sql' in the file's name; other databases that pop migrates need a file of their own.
