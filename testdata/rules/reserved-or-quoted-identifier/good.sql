CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, ends_on date);
-- quotes that are not needed
CREATE TABLE "visits" ("id" bigint PRIMARY KEY, "name" text);
-- capitals without quotes are small letters
CREATE INDEX Orders_User_Idx ON orders (user_id);
-- a key word that PostgreSQL does not reserve
ALTER TABLE orders ADD COLUMN value integer;
ALTER TABLE orders ADD COLUMN timestamp timestamptz;
ALTER TABLE orders RENAME COLUMN value TO amount;
-- PostgreSQL chooses the name
CREATE INDEX ON orders (user_id);
-- an old name that goes
ALTER TABLE "userTable" RENAME TO users;
CREATE SCHEMA yard;
