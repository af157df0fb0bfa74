SET statement_timeout = 0;
ALTER TABLE yard."Trailers" DROP COLUMN axles;
-- expect: missing-statement-timeout: yard."Trailers"
