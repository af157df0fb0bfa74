CREATE FUNCTION purge(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'DELETE FROM ' || name || ' WHERE printed_at < now()';
END
$$;
