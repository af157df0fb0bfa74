CREATE TABLE trips (id bigint, began date);
-- expect: table-without-primary-key: trips
CREATE SCHEMA yard;
CREATE TABLE yard."Logs" (at timestamptz, UNIQUE (at));
-- expect: table-without-primary-key: yard."Logs"
CREATE TABLE legs (id bigint, began date) PARTITION BY RANGE (began);
-- expect: table-without-primary-key: legs
CREATE TABLE legs_1 PARTITION OF legs DEFAULT;
