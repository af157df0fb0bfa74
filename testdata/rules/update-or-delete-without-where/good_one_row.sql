-- It can have one row only.
CREATE UNIQUE INDEX site_one ON site ((true));
UPDATE site SET visits = 0;
UPDATE office SET opens = '09:00';
UPDATE mail SET host = 'mail.example.com';
DELETE FROM leader;
