-- The transaction has the lock already, and CONCURRENTLY would change nothing.
BEGIN;
ALTER TABLE loans ADD COLUMN note text;
DROP INDEX loans_due_idx;
COMMIT;
