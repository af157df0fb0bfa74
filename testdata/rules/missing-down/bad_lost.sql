-- migrate:up
DROP TABLE depots;
-- migrate:down

-- expect: missing-down: Down does not bring back the table depots
SELECT 1;
