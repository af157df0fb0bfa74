ALTER TABLE looms ADD COLUMN number text;
UPDATE looms SET number = id::text;
CREATE UNIQUE INDEX looms_number_idx ON looms (number);
-- ok: redundant-primary-key-index
ALTER TABLE looms RENAME COLUMN number TO code;
