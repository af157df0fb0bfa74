-- Both are called by the names that they have by now.
BEGIN;
ALTER TABLE trucks RENAME TO lorries;
ALTER TABLE trips RENAME TO journeys;
CREATE INDEX journeys_began_idx ON journeys (began);
-- expect: statement-after-strong-lock: Nobody can use lorries while journeys gets its index: the transaction has locked lorries
COMMIT;
