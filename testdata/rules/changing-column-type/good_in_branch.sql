DO $$
BEGIN
    IF current_setting('server_version_num')::int > 100000 THEN
        IF EXISTS (SELECT FROM pg_tables WHERE tablename = 'reservoirs') THEN
            ALTER TABLE reservoirs RENAME COLUMN label TO title;
            ALTER TABLE reservoirs ALTER COLUMN title TYPE text;
-- ok: changing-column-type
        END IF;
    END IF;
END $$;
