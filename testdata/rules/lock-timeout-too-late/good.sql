SET lock_timeout = '2s';
ALTER TABLE trucks ADD COLUMN class text;
SET lock_timeout = '5s';
ALTER TABLE depots ADD COLUMN zone text;
