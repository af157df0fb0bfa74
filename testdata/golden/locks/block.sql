DO $$
BEGIN
    ALTER TABLE trucks ADD COLUMN tare integer;
    IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'trucks_plate_idx') THEN
        CREATE INDEX trucks_plate_idx ON trucks (plate);
    END IF;
    IF (SELECT count(*) FROM depots) > 3 THEN
        UPDATE depots SET city = NULL WHERE city = '';
        ALTER TABLE depots RENAME COLUMN city TO town;
    END IF;
END $$;

DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'a' || 1); LOCK TABLE legs; END $$;

DO LANGUAGE plpython3u 'plpy.execute("DROP TABLE trucks")';

BEGIN;
ALTER TABLE depots ADD COLUMN dock text;
DO 'BEGIN UPDATE trucks SET plate = ''none'' WHERE plate IS NULL; END';
DO $$ BEGIN PERFORM 1; END $$;
COMMIT;
