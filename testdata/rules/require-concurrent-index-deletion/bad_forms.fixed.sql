drop index CONCURRENTLY loans_member_idx;
-- expect: require-concurrent-index-deletion: reads and writes of loans

  DROP INDEX CONCURRENTLY /* the old one */ IF EXISTS "Loans By Due";
--^ expect: require-concurrent-index-deletion

DROP INDEX CONCURRENTLY IF EXISTS archive.archived_due_idx RESTRICT;
-- expect: require-concurrent-index-deletion: archive.loans

-- Readers of a materialized view wait as well.
DROP INDEX CONCURRENTLY late_member_idx;
-- expect: require-concurrent-index-deletion: late

-- Of a partition's own index it is possible.
DROP INDEX CONCURRENTLY visits_1_id_idx;
-- expect: require-concurrent-index-deletion: visits_1

-- Nothing here made it, and it may not exist: a note.
DROP INDEX CONCURRENTLY IF EXISTS maybe_idx;
-- expect: require-concurrent-index-deletion: the table under maybe_idx
