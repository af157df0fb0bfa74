BEGIN;
-- expect: nested-transaction: This BEGIN does nothing
CREATE TABLE ramps (id bigint PRIMARY KEY);
COMMIT;
-- expect: nested-transaction
