-- It is there, so IF NOT EXISTS adds nothing.
ALTER TABLE fields ADD COLUMN IF NOT EXISTS name text NOT NULL;
