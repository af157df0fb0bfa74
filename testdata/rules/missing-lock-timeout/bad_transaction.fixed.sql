BEGIN;
CREATE TABLE ramps (id bigint PRIMARY KEY);
SET LOCAL lock_timeout = '5s';
ALTER TABLE yard."Trailers" DROP COLUMN axles;
-- expect: missing-lock-timeout: yard."Trailers"
COMMIT;
