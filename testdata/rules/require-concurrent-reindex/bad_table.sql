BEGIN;
REINDEX TABLE cellars;
-- expect: require-concurrent-reindex: every query of it
COMMIT;
