ALTER TABLE trucks ALTER COLUMN plate SET NOT NULL;
-- expect: column-of-missing-table: trucks has no column plate
ALTER TABLE trucks ALTER COLUMN number SET NOT NULL;
ALTER TABLE vans ADD COLUMN seats integer;
-- expect: column-of-missing-table: vans was dropped or renamed
ALTER TABLE buses ADD COLUMN seats integer;
