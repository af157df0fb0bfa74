SET lock_timeout = '2s';
SET lock_timeout = 0;
ALTER TABLE trucks ADD COLUMN class text;
-- expect: missing-lock-timeout: switched off
