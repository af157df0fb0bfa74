CREATE FUNCTION old() RETURNS bigint LANGUAGE sql AS
    'SELECT count(*) FROM crates WHERE kind <> ''a'' AND reason = NULL';
--                                                       ^ expect: null-comparison
