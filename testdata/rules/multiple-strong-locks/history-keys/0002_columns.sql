BEGIN;
ALTER TABLE notes ALTER COLUMN seen SET DEFAULT true;
ALTER TABLE notes DROP COLUMN seen;
COMMIT;
BEGIN;
ALTER TABLE notes ADD COLUMN read boolean;
ALTER TABLE notes DROP COLUMN post_id;
-- expect: multiple-strong-locks: posts
COMMIT;
