-- The template's index was made anew, which is sure; the other's perhaps not.
CREATE INDEX IF NOT EXISTS guests_mail_idx ON {{ .Schema }}.guests (lower(mail));
-- Not in this schema: PostgreSQL would fail if the path did not find it.
DROP INDEX members_phone_idx;
CREATE INDEX IF NOT EXISTS members_phone_idx ON club.members (phone, mail);
