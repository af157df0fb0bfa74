-- A script of another database, which has such tables.
ALTER TABLE "Baker" ALTER COLUMN oven DROP DEFAULT;
ALTER TABLE loaves ALTER COLUMN flour DROP DEFAULT;
