-- The new table is another one, or was never there.
BEGIN;
CREATE TABLE "Weather".readings (id bigint, celsius numeric);
CREATE INDEX weather_readings_idx ON "Weather".readings (celsius);
CREATE INDEX public_readings_idx ON readings (celsius);
-- expect: require-concurrent-index-creation
COMMIT;

BEGIN;
DROP TABLE spool;
CREATE TABLE spool (id bigint);
CREATE INDEX spool_new_idx ON spool (id);
ROLLBACK;
CREATE INDEX spool_old_idx ON spool (id);
-- expect: require-concurrent-index-creation: spool

BEGIN;
SAVEPOINT before;
ALTER TABLE readings RENAME TO readings_old;
CREATE TABLE readings (id bigint);
CREATE INDEX readings_fresh_idx ON readings (id);
CREATE INDEX readings_stale_idx ON readings_old (hpa);
-- expect: require-concurrent-index-creation: readings_old
ROLLBACK TO before;
CREATE INDEX readings_same_idx ON readings (id);
-- expect: require-concurrent-index-creation: readings
COMMIT;

-- It exists already, so nothing is made and the old rows are still there.
CREATE TABLE IF NOT EXISTS readings (id bigint);
CREATE INDEX readings_last_idx ON readings (id);
-- expect: require-concurrent-index-creation
