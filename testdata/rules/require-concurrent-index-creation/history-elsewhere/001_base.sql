CREATE SCHEMA club;
CREATE TABLE club.members (id bigint PRIMARY KEY, mail text, phone text);
CREATE INDEX members_mail_idx ON club.members (mail);
CREATE INDEX members_phone_idx ON club.members (phone);
CREATE TABLE {{ .Schema }}.guests (id bigint PRIMARY KEY, mail text);
CREATE INDEX guests_mail_idx ON {{ .Schema }}.guests (mail);
