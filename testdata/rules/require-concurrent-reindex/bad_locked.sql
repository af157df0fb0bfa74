-- Nobody can use the table since the ALTER; the REINDEX makes that last.
BEGIN;
ALTER TABLE cellars ADD COLUMN note text;
REINDEX TABLE cellars;
-- expect: require-concurrent-reindex: blocks writes to cellars
COMMIT;
