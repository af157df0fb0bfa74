CREATE FUNCTION open_orders(who bigint) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
DECLARE
    total bigint;
BEGIN
    SELECT count(*) INTO total FROM orders WHERE shipped_at = NULL;
--                                               ^ expect: null-comparison
    RETURN QUERY SELECT id FROM orders WHERE owner = who AND left_at <> NULL;
--                                                           ^ expect: null-comparison
END
$$;
CREATE FUNCTION shut() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM orders WHERE shipped_at = NULL';
--                                                                                       ^ expect: null-comparison
