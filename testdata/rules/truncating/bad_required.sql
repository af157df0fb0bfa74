-- What the file does behind it needs the empty table.
TRUNCATE TABLE trucks;
-- expect: truncating: add it nullable, fill it or delete the rows in batches
ALTER TABLE trucks
    DROP COLUMN mileage,
    ADD COLUMN depot numeric(9, 0) NOT NULL REFERENCES depots (id);
TRUNCATE yard."Trailers";
-- expect: truncating: needs the empty table
ALTER TABLE ONLY yard."Trailers" ADD wheels integer CHECK (wheels > 0) NOT NULL;
-- Here nothing does.
TRUNCATE legs;
-- expect: truncating: Delete what is no longer wanted in batches
ALTER TABLE legs ADD COLUMN "to" text, ADD COLUMN km integer NOT NULL DEFAULT 0,
    ADD COLUMN n bigserial NOT NULL, ADD COLUMN m integer CHECK (m IS NOT NULL),
    ADD CONSTRAINT legs_to CHECK ("to" IS NOT NULL), ALTER COLUMN id SET NOT NULL;
-- The column is there already: nothing is added.
TRUNCATE depots;
-- expect: truncating: Delete what is no longer wanted in batches
ALTER TABLE depots ADD COLUMN IF NOT EXISTS City text NOT NULL;
