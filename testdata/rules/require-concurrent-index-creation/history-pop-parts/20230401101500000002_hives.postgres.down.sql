DELETE FROM "hives";
