ALTER TABLE trucks REPLICA IDENTITY FULL;
-- expect: alter-replica-identity
ALTER TABLE IF EXISTS yard."Trailers" REPLICA IDENTITY FULL;
-- expect: alter-replica-identity
ALTER TABLE ONLY nobody REPLICA IDENTITY FULL;
-- expect: alter-replica-identity
