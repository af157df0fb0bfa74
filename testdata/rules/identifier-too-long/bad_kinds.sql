CREATE TYPE aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa AS (a int);
-- expect: identifier-too-long
CREATE TYPE bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb AS RANGE (subtype = int);
-- expect: identifier-too-long
CREATE DOMAIN cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc AS int CHECK (VALUE > 0);
-- expect: identifier-too-long
CREATE SCHEMA dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd;
-- expect: identifier-too-long
CREATE ROLE eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee;
-- expect: identifier-too-long
CREATE DATABASE ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff;
-- expect: identifier-too-long
CREATE PUBLICATION gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg FOR ALL TABLES;
-- expect: identifier-too-long
CREATE STATISTICS yard.hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh ON a, b FROM trucks;
-- expect: identifier-too-long
CREATE RULE iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii AS ON DELETE TO trucks DO INSTEAD NOTHING;
-- expect: identifier-too-long
CREATE AGGREGATE jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj (int) (sfunc = int4pl, stype = int);
-- expect: identifier-too-long
CREATE FUNCTION twice(kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk int) RETURNS int LANGUAGE sql AS 'SELECT 2';
-- expect: identifier-too-long
ALTER ROLE yard RENAME TO llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll;
-- expect: identifier-too-long
-- What only uses a name has it cut as it was when it was made.
DROP TYPE mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm;
-- ok: identifier-too-long
GRANT nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn TO yard;
-- ok: identifier-too-long
SET search_path = oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo;
-- ok: identifier-too-long
