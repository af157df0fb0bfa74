-- Nobody can use the table since the ALTER.
BEGIN;
ALTER TABLE cellars ADD COLUMN note text;
REINDEX TABLE cellars;
COMMIT;
