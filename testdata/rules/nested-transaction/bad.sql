BEGIN;
CREATE TABLE ramps (id bigint PRIMARY KEY);
BEGIN;
-- expect: nested-transaction: This BEGIN does nothing
COMMIT;
COMMIT;
-- expect: nested-transaction: This COMMIT does nothing
ROLLBACK;
-- expect: nested-transaction: This ROLLBACK does nothing
