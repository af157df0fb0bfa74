DROP TABLE "hives";
