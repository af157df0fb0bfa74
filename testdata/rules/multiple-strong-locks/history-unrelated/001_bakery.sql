-- Each is made here, so nobody uses it.
BEGIN;
CREATE TABLE "Baker" (id bigint PRIMARY KEY, oven text);
CREATE TABLE loaves (id bigint PRIMARY KEY, flour text);
-- ok: multiple-strong-locks
ALTER TABLE "Baker" ADD COLUMN name text;
COMMIT;
