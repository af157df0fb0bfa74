DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'ramps_depot_idx') THEN
        CREATE INDEX CONCURRENTLY ramps_depot_idx ON ramps (depot_id);
-- expect: concurrently-in-transaction: CREATE INDEX CONCURRENTLY
    END IF;
END
$$;
