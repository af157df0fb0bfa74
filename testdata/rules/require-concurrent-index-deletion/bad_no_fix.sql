-- CONCURRENTLY takes neither CASCADE nor several names, and no transaction.
DROP INDEX loans_book_idx CASCADE;
-- expect: require-concurrent-index-deletion
DROP INDEX IF EXISTS loans_member_idx, archive.archived_due_idx;
-- expect: require-concurrent-index-deletion: of archive.loans
-- expect: require-concurrent-index-deletion: of loans
BEGIN;
DROP INDEX loans_due_idx;
-- expect: require-concurrent-index-deletion
COMMIT;
