-- A guard in PL/pgSQL is an IF NOT EXISTS by another name.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'daily') THEN
        CREATE TABLE daily (id bigint, station_id integer);
    END IF;
    CREATE INDEX daily_station_idx ON daily (station_id);
END
$$;
CREATE INDEX daily_id_idx ON daily (id);
-- What a function does, it does later.
CREATE FUNCTION make_index() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE INDEX orders_at_idx ON orders (at);
END
$$;
DO $$
BEGIN
    EXECUTE format('CREATE INDEX %I ON orders (at)', 'a');
END
$$;
