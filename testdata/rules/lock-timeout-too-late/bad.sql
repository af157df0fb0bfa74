ALTER TABLE trucks ADD COLUMN class text;
SET lock_timeout = '2s';
-- expect: lock-timeout-too-late: trucks
ALTER TABLE depots ADD COLUMN zone text;
