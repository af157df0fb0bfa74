ALTER TABLE looms ADD COLUMN pattern text;
CREATE UNIQUE INDEX looms_code_idx ON looms (code);
-- expect: redundant-primary-key-index
ALTER TABLE looms DROP COLUMN width;
ALTER TABLE looms ADD COLUMN width bigint;
