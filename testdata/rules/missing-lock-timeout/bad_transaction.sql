BEGIN;
CREATE TABLE ramps (id bigint PRIMARY KEY);
ALTER TABLE yard."Trailers" DROP COLUMN axles;
-- expect: missing-lock-timeout: yard."Trailers"
COMMIT;
