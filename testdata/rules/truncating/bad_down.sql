-- migrate:up
SELECT 1;
-- migrate:down
TRUNCATE trucks;
-- expect: truncating: TRUNCATE deletes
