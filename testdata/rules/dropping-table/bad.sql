DROP TABLE trucks;
-- expect: dropping-table: trucks
DROP TABLE IF EXISTS yard."Trailers" CASCADE;
-- expect: dropping-table: yard."Trailers"
DROP TABLE nobody;
-- expect: dropping-table: nobody
DROP TABLE legs_2025;
-- expect: dropping-table: legs_2025
