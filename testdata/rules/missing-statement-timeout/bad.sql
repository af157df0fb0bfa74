ALTER TABLE trucks ADD COLUMN class text;
-- expect: missing-statement-timeout: trucks
ALTER TABLE depots ADD COLUMN zone text;
