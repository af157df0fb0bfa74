CREATE TABLE "Order" (
-- expect: reserved-or-quoted-identifier: The table "Order"
    id bigint PRIMARY KEY,
    "userId" bigint,
--  ^ expect: reserved-or-quoted-identifier: The column "userId"
    "end" date
--  ^ expect: reserved-or-quoted-identifier: The column "end"
);
CREATE INDEX "Order_userId_idx" ON "Order" ("userId");
-- expect: reserved-or-quoted-identifier: The index
CREATE TABLE visits (id bigint PRIMARY KEY);
ALTER TABLE visits ADD COLUMN "first name" text;
-- expect: reserved-or-quoted-identifier: "first name"
ALTER TABLE visits RENAME TO "user";
-- expect: reserved-or-quoted-identifier: The table "user"
CREATE SCHEMA "My Yard";
-- expect: reserved-or-quoted-identifier: The schema
