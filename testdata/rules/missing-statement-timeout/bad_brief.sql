-- The first takes an instant, the second as long as there are rows.
ALTER TABLE trucks ALTER COLUMN plate DROP NOT NULL;
ALTER TABLE depots ALTER COLUMN id TYPE numeric;
-- expect: missing-statement-timeout: depots
