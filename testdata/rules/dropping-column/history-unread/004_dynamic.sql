DO $$
BEGIN
    EXECUTE format('ALTER TABLE %I ADD COLUMN draft text', 'Totals');
END $$;
-- Perhaps the block has made it.
ALTER TABLE "Totals" DROP COLUMN draft;
