DROP INDEX CONCURRENTLY loans_member_idx;
DROP INDEX CONCURRENTLY IF EXISTS "Loans By Due";
DROP INDEX visits_branch_idx;
-- ok: require-concurrent-index-deletion
DROP TABLE archive.loans;
ALTER TABLE loans DROP COLUMN due;

-- Built and given up in one transaction: nobody saw it.
BEGIN;
CREATE INDEX loans_try_idx ON loans (book_id, due);
DROP INDEX loans_try_idx;
-- ok: require-concurrent-index-deletion
COMMIT;

CREATE TEMP TABLE today AS SELECT * FROM loans;
CREATE INDEX today_due_idx ON today (due);
DROP INDEX today_due_idx;
-- ok: require-concurrent-index-deletion
CREATE TABLE IF NOT EXISTS shelves (id bigint);
CREATE INDEX shelves_id_idx ON shelves (id);
DROP INDEX IF EXISTS shelves_id_idx CASCADE;
-- ok: require-concurrent-index-deletion
COMMENT ON TABLE loans IS 'DROP INDEX loans_due_idx;';
-- DROP INDEX loans_due_idx;
