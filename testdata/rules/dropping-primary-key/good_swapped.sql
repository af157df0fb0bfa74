-- Another key takes its place before anybody can look.
BEGIN;
ALTER TABLE trucks DROP CONSTRAINT trucks_pkey;
ALTER TABLE trucks ADD COLUMN number bigint;
ALTER TABLE ONLY trucks ADD CONSTRAINT trucks_pkey PRIMARY KEY (plate);
COMMIT;
