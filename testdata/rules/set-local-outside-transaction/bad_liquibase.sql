--liquibase formatted sql
--changeset ann:1
SET LOCAL statement_timeout = 0;
--changeset ann:2 runInTransaction:false
SET LOCAL statement_timeout = 0;
-- expect: set-local-outside-transaction: statement_timeout
CREATE INDEX CONCURRENTLY ramps_id_idx ON ramps (id);
