DROP INDEX trips_pkey;
SELECT set_config('lock_timeout', '5s', false);
-- expect: lock-timeout-too-late: trips
