-- One that waits, one that finds the lock taken, and one of another table.
BEGIN;
DROP INDEX loans_due_idx;
-- expect: require-concurrent-index-deletion: loans
DROP INDEX loans_member_idx;
CREATE INDEX visits_again_idx ON visits (id);
DROP INDEX fees_idx;
-- expect: require-concurrent-index-deletion: fees_idx
COMMIT;
