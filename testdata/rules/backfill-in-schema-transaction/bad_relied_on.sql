-- What the rows are changed for has to wait for them.
BEGIN;
ALTER TABLE trucks ADD COLUMN plate_state text;
UPDATE trucks SET plate_state = left(plate, 2);
-- expect: backfill-in-schema-transaction: what has to come after that goes there, too.
UPDATE yard."Trailers" SET axles = 2;
ALTER TABLE depots ADD COLUMN fleet integer;
UPDATE depots SET fleet = 0 WHERE city = 'Oslo';
-- expect: backfill-in-schema-transaction: each in a transaction of its own.
ALTER TABLE trucks ALTER COLUMN plate_state SET NOT NULL;
COMMIT;

-- A function that reads them, too.
BEGIN;
ALTER TABLE trips ADD COLUMN km integer;
UPDATE trips SET km = 0 WHERE truck_id > 4;
-- expect: backfill-in-schema-transaction: what has to come after that
CREATE FUNCTION total_km() RETURNS bigint LANGUAGE sql AS $body$
    -- of all
    SELECT sum(km) FROM Trips
$body$;
COMMIT;
