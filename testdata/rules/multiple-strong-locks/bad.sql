BEGIN;
ALTER TABLE trucks ADD COLUMN class text;
ALTER TABLE depots ADD COLUMN zone text;
-- expect: multiple-strong-locks: depots
ALTER TABLE trips ADD COLUMN ended date;
COMMIT;

BEGIN;
ALTER TABLE trips DROP COLUMN truck_id;
INSERT INTO depots (id) VALUES (1);
TRUNCATE yard."Trailers";
-- expect: multiple-strong-locks: yard."Trailers"
COMMIT;

-- One statement may take the lock on several; the next one adds to them.
BEGIN;
DROP INDEX trips_pkey;
ALTER TABLE trips ADD COLUMN note text;
ALTER TABLE trucks RENAME COLUMN plate TO licence;
-- expect: multiple-strong-locks: trucks
COMMIT;
