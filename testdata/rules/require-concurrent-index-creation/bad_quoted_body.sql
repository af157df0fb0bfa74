-- A body in quotes: places are the file's, though '' stands for one byte.
DO 'BEGIN
    PERFORM ''it''''s'';  CREATE INDEX cellars_quoted_idx ON cellars (region);
--                        ^ expect: require-concurrent-index-creation
END';
