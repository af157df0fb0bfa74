DO $$
BEGIN
    EXECUTE format('ALTER TABLE stays ADD COLUMN %I text', 'draft');
END $$;
-- Perhaps the block has made it.
ALTER TABLE stays RENAME COLUMN draft TO note;
