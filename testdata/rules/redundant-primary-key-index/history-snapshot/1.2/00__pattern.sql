ALTER TABLE looms ADD COLUMN pattern text, ADD COLUMN weaver_id bigint;
DROP TABLE spinners;
ALTER TABLE looms DROP COLUMN width;
CREATE UNIQUE INDEX looms_code_idx ON looms (code);
-- ok: redundant-primary-key-index
