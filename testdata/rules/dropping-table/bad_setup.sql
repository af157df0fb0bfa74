-- A script that sets up a database begins each table so.
DROP TABLE IF EXISTS cranes;
-- expect: dropping-table: if it is there: nothing before makes or uses it
CREATE TABLE cranes (id bigint PRIMARY KEY, reach integer);
DROP TABLE IF EXISTS yard.hoists;
-- expect: dropping-table: if it is there
CREATE TABLE yard.hoists (id bigint PRIMARY KEY);
DROP TABLE IF EXISTS trucks;
-- expect: dropping-table: until then, code that asks for it fails
CREATE TABLE trucks (id bigint PRIMARY KEY);
