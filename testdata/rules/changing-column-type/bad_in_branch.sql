DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'reservoirs'::regclass AND attname = 'volume') THEN
        IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'reservoirs'::regclass AND attname = 'litres') THEN
            ALTER TABLE reservoirs RENAME COLUMN volume TO litres;
            -- from cubic metres
            ALTER TABLE reservoirs ALTER COLUMN litres TYPE bigint USING litres * 1000;
--          ^ expect: changing-column-type: Changing litres from integer to bigint
        ELSE
            ALTER TABLE reservoirs ALTER COLUMN litres TYPE numeric;
--          ^ expect: changing-column-type: its old type is not certain here
        END IF;
    END IF;
END $$;
