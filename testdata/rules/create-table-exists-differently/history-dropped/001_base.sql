CREATE SCHEMA club;
CREATE TABLE club.members (id bigint PRIMARY KEY, mail text);
CREATE INDEX members_mail_idx ON club.members (mail);
CREATE INDEX members_id_idx ON club.members (mail, id);
