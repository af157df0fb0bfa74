DROP INDEX kennels_owner_again_idx, kennels_owner_idx;
DROP INDEX IF EXISTS kennels_city_again_idx;
DROP TABLE kennels;
