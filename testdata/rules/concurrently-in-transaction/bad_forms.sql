START TRANSACTION ISOLATION LEVEL REPEATABLE READ;
create unique index concurrently if not exists ships_id_key on public.ships (id);
-- expect: concurrently-in-transaction
REINDEX (CONCURRENTLY) INDEX ships_flag_idx;
-- expect: concurrently-in-transaction
REINDEX DATABASE fleet;
-- expect: concurrently-in-transaction
REINDEX SCHEMA public;
-- expect: concurrently-in-transaction
ALTER TABLE trips DETACH PARTITION trips_old CONCURRENTLY;
-- expect: concurrently-in-transaction
  VACUUM (FULL, ANALYZE) ships;
--^ expect: concurrently-in-transaction
CLUSTER;
-- expect: concurrently-in-transaction
CREATE DATABASE harbour;
-- expect: concurrently-in-transaction
DROP DATABASE IF EXISTS harbour;
-- expect: concurrently-in-transaction
CREATE TABLESPACE fast LOCATION '/srv/fast';
-- expect: concurrently-in-transaction
DROP TABLESPACE fast;
-- expect: concurrently-in-transaction
ALTER SYSTEM RESET ALL;
-- expect: concurrently-in-transaction
END;

-- COMMIT AND CHAIN begins the next one at once.
BEGIN WORK;
COMMIT AND CHAIN;
DROP INDEX CONCURRENTLY IF EXISTS ships_flag_idx;
-- expect: concurrently-in-transaction
ROLLBACK;

-- A savepoint's end is not the transaction's.
BEGIN;
SAVEPOINT a;
ROLLBACK TO SAVEPOINT a;
VACUUM;
-- expect: concurrently-in-transaction
ABORT;
