-- node-pg-migrate runs on the way up what stands in front of its marker
CREATE TABLE harvests (field_id bigint);
-- expect: table-without-primary-key

-- Down Migration
DROP TABLE harvests;
