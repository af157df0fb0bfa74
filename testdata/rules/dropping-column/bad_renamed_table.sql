-- The data goes, whatever the table is called by then.
ALTER TABLE fields RENAME TO meadows;
ALTER TABLE meadows DROP COLUMN soil;
-- expect: dropping-column: Dropping soil from meadows deletes its data.
ALTER TABLE meadows
    ADD COLUMN mown date,
    DROP COLUMN IF EXISTS depth;
--  ^ expect: dropping-column: Dropping depth from meadows deletes its data.
-- Nobody asks for the column of a table called so: only the data counts.
ALTER TABLE plots RENAME TO parcels;
ALTER TABLE parcels DROP COLUMN holder;
-- expect: dropping-column: Keep it for now, and drop it in a later migration, when
ALTER TABLE meadows DROP COLUMN height;
-- expect: dropping-column: Keep it for now, make it nullable so that inserts
