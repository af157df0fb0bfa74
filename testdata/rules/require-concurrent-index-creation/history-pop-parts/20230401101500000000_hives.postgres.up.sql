CREATE TABLE "hives" ("id" uuid NOT NULL PRIMARY KEY, "queen" text);
