-- With a row in depots the first statement would fail: it is trips that people
-- miss.
BEGIN;
ALTER TABLE depots ADD COLUMN zone text NOT NULL;
ALTER TABLE trips ADD COLUMN depot_id bigint;
ALTER TABLE trips ADD CONSTRAINT trips_depot FOREIGN KEY (depot_id) REFERENCES depots;
-- expect: statement-after-strong-lock: Nobody can use trips while it is read whole
COMMIT;

-- Emptied here, but in use.
BEGIN;
TRUNCATE fares;
ALTER TABLE yard."Trailers" ADD COLUMN tare integer;
CREATE INDEX trailers_axles_idx ON yard."Trailers" (axles);
-- expect: statement-after-strong-lock: Nobody can use fares while yard."Trailers" gets its index
COMMIT;
