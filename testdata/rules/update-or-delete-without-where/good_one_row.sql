-- It can have one row only.
CREATE UNIQUE INDEX site_one ON site ((true));
UPDATE site SET visits = 0;
