BEGIN;
ALTER TABLE notes ALTER COLUMN seen SET DEFAULT true;
ALTER TABLE notes DROP COLUMN seen;
COMMIT;
BEGIN;
ALTER TABLE notes ADD COLUMN read boolean;
ALTER TABLE notes DROP COLUMN post_id;
-- expect: multiple-strong-locks: posts
COMMIT;
-- What the transaction drops does not count, but what that shuts does.
BEGIN;
ALTER TABLE drafts ADD COLUMN body text;
ALTER TABLE drafts DROP COLUMN old_id;
DROP TABLE old_notes;
-- expect: multiple-strong-locks: This locks people
COMMIT;
-- Under the name that it has now.
BEGIN;
ALTER TABLE kept ADD COLUMN summary text;
ALTER TABLE kept DROP COLUMN folder_id;
-- expect: multiple-strong-locks: This locks boxes
COMMIT;
BEGIN;
ALTER TABLE kept DROP COLUMN summary;
DROP TABLE boxes, kept;
COMMIT;
