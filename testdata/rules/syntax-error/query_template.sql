-- A program puts the order in, and a name: neither is a mistake of this file.
SELECT id, name
FROM herds
WHERE pasture = $1
{}
-- expect: syntax-error: a program fills in what stands in braces here
LIMIT 20;

SELECT count(*) FROM {table};
-- expect: syntax-error: To PostgreSQL it is: syntax error at or near "{"

SELECT count(*) FROM herds WHERE WHERE;
-- expect: syntax-error: does not parse
