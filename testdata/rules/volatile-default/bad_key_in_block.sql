-- What the block does later on counts, too.
DO $move$
BEGIN
    ALTER TABLE fields DROP CONSTRAINT fields_pkey;
    ALTER TABLE fields ADD COLUMN IF NOT EXISTS tag text DEFAULT next_code();
-- expect: volatile-default: and make it a key last
    ALTER TABLE fields ADD PRIMARY KEY (id, tag);
END
$move$;
