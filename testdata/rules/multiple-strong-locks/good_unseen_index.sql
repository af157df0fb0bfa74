-- Of an index that nobody saw being made the table is not known: it may be the
-- one that is locked anyhow.
BEGIN;
ALTER TABLE trucks ADD COLUMN note text;
DROP INDEX IF EXISTS trucks_note_idx;
DROP INDEX yard.trailers_axles_idx;
COMMIT;

-- That it is made again does not tell.
BEGIN;
DROP INDEX IF EXISTS trips_began_idx;
CREATE INDEX trips_began_idx ON trips (began);
ALTER TABLE trips ADD COLUMN ended date;
COMMIT;
