BEGIN;
CREATE TRIGGER seen BEFORE UPDATE ON yard."Trailers" FOR EACH ROW EXECUTE FUNCTION seen();
SET LOCAL lock_timeout = 500;
-- expect: lock-timeout-too-late: yard."Trailers"
COMMIT;
