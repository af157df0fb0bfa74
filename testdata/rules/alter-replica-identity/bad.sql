ALTER TABLE trucks REPLICA IDENTITY FULL;
-- expect: alter-replica-identity
ALTER TABLE IF EXISTS yard."Trailers" REPLICA IDENTITY FULL;
-- expect: alter-replica-identity
ALTER TABLE ONLY nobody REPLICA IDENTITY FULL;
-- expect: alter-replica-identity
CREATE TABLE stops (id bigint, at date);
CREATE PUBLICATION out FOR TABLE stops;
-- expect: alter-replica-identity: UPDATE and DELETE on stops fail
