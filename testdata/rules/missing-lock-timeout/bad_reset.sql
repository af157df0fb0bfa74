SET lock_timeout = '2s';
RESET lock_timeout;
TRUNCATE depots;
-- expect: missing-lock-timeout: depots
