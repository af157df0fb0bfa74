ALTER TABLE stays RENAME COLUMN seen TO seen_at;
