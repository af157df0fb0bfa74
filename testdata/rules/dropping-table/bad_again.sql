DROP TABLE trucks;
-- expect: dropping-table: Dropping trucks deletes its rows; the table is made again on line 5.
DROP TABLE IF EXISTS yard."Trailers";
-- expect: dropping-table: Dropping yard."Trailers" deletes its rows; the table is made again on line 6.
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text);
CREATE UNLOGGED TABLE IF NOT EXISTS yard."Trailers" (id bigint);
-- What takes the name lives in another schema, or as long as the session.
DROP TABLE legs_2025;
-- expect: dropping-table: breaks code that still reads it
CREATE TABLE yard.legs_2025 (id bigint);
DROP TABLE depots;
-- expect: dropping-table: breaks code that still reads it
CREATE TEMPORARY TABLE depots (id bigint);
DROP TABLE yard.bays;
-- expect: dropping-table: breaks code that still reads it
CREATE TABLE bays (id bigint);
DROP TABLE public.loaders;
-- expect: dropping-table: the table is made again on line 19.
CREATE TABLE Loaders (id bigint);
