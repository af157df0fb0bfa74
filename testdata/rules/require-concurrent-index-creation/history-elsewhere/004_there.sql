-- By now it is there.
CREATE INDEX IF NOT EXISTS members_mail_idx ON club.members (lower(mail));
