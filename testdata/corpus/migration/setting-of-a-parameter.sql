SET LOCAL lock_timeout = $1;
SET lock_timeout TO $1;
ALTER TABLE trucks ADD COLUMN a int;
