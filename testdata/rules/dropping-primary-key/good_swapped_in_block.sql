-- A block is one transaction: the next key is there before anybody can look.
DO $$
BEGIN
    ALTER TABLE trucks DROP CONSTRAINT IF EXISTS trucks_pkey;
    ALTER TABLE trucks ADD COLUMN IF NOT EXISTS nr bigint;
    ALTER TABLE trucks ADD PRIMARY KEY (nr);
END
$$;
