-- The function needs the index, which may not come after it.
BEGIN;
ALTER TABLE trips ADD COLUMN stop integer;
CREATE UNIQUE INDEX trips_stop_idx ON trips (truck_id, stop);
-- expect: statement-after-strong-lock: and what has to come after it into another.
CREATE FUNCTION add_stop(t bigint, s integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO trips (truck_id, stop) VALUES (t, s) ON CONFLICT (truck_id, stop) DO NOTHING;
END $$;
COMMIT;

BEGIN;
ALTER TABLE depots ADD COLUMN stop integer;
CREATE INDEX depots_stop_idx ON depots (stop);
-- expect: statement-after-strong-lock: into a migration of its own.
COMMIT;

-- REINDEX mends what was switched off: between two migrations queries would miss rows.
BEGIN;
ALTER TABLE fares ADD COLUMN km integer;
UPDATE pg_index SET indisready = false WHERE indrelid = 'fares'::regclass;
UPDATE pg_index SET indisready = true WHERE indrelid = 'fares'::regclass;
REINDEX TABLE fares;
-- expect: statement-after-strong-lock: Leave pg_index alone and change the rows in batches
COMMIT;
