-- The data goes, whatever the table is called by then.
ALTER TABLE fields RENAME TO meadows;
ALTER TABLE meadows DROP COLUMN soil;
-- expect: dropping-column: Dropping soil from meadows deletes its data.
ALTER TABLE meadows
    ADD COLUMN mown date,
    DROP COLUMN IF EXISTS depth;
--  ^ expect: dropping-column: Dropping depth from meadows deletes its data.
