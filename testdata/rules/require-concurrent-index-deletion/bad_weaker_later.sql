-- Others can read while these hold their locks.
BEGIN;
DROP INDEX loans_due_idx;
-- expect: require-concurrent-index-deletion: loans
ALTER TABLE loans ADD CONSTRAINT loans_member FOREIGN KEY (member_id) REFERENCES loans NOT VALID;
ALTER TABLE loans VALIDATE CONSTRAINT loans_member;
ALTER TABLE loans ALTER COLUMN due SET STATISTICS 500;
ALTER TABLE loans SET (fillfactor = 90);
COMMIT;

-- A table of the same name in another schema.
BEGIN;
DROP INDEX archive.archived_due_idx;
-- expect: require-concurrent-index-deletion: archive.loans
COMMIT;

-- Behind the end.
BEGIN;
DROP INDEX loans_member_idx;
-- expect: require-concurrent-index-deletion: loans
COMMIT;
ALTER TABLE loans DROP COLUMN member_id;

-- Each is a transaction of its own.
DROP INDEX loans_book_idx;
-- expect: require-concurrent-index-deletion: loans
ALTER TABLE loans DROP COLUMN book_id;
