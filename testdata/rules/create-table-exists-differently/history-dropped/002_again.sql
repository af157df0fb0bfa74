-- The tool's search_path may well find it.
DROP INDEX IF EXISTS members_mail_idx;
CREATE INDEX IF NOT EXISTS members_mail_idx ON club.members (lower(mail));
CREATE INDEX IF NOT EXISTS members_id_idx ON club.members (lower(mail), id);
