DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'orders_at_idx') THEN
        CREATE INDEX orders_at_idx ON orders (at);
-- expect: require-concurrent-index-creation: orders
    END IF;
    EXECUTE 'CREATE INDEX orders_by_idx ON orders (by)';
-- expect: require-concurrent-index-creation: orders
END
$$;
DO LANGUAGE plpgsql 'BEGIN CREATE INDEX orders_to_idx ON orders ("to"); END';
-- expect: require-concurrent-index-creation: orders
