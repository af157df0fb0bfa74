--liquibase formatted sql

--changeset edda:1
DROP INDEX loans_due_idx;
-- expect: require-concurrent-index-deletion: loans

-- Another transaction.
--changeset edda:2
ALTER TABLE loans DROP COLUMN due;
