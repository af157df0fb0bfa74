-- The function needs the index, which may not come after it.
BEGIN;
ALTER TABLE trips ADD COLUMN stop integer;
CREATE UNIQUE INDEX trips_stop_idx ON trips (truck_id, stop);
-- expect: statement-after-strong-lock: what has to come after it, as line 8 may, into another.
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
