-- The tool sets a search_path: what these drop is built again.
DROP INDEX IF EXISTS members_mail_idx;
CREATE INDEX IF NOT EXISTS members_mail_idx ON club.members (lower(mail));
DROP INDEX IF EXISTS guests_mail_idx;
CREATE INDEX IF NOT EXISTS guests_mail_idx ON {{ .Schema }}.guests (lower(mail));
-- There already.
CREATE INDEX IF NOT EXISTS members_phone_idx ON club.members (phone);
