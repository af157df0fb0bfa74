-- psql's own lines, data and templates are not SQL, and no error.
\set ON_ERROR_STOP on
\echo hello
CREATE TABLE "{{ index .Options "Namespace" }}".users (id bigint);
CREATE TABLE ${schema}.names (id bigint);
SELECT :'name', :"column" FROM :table;
COPY users (id) FROM stdin;
1
not a number; SELEC
\.
CREATE FUNCTION f() RETURNS integer BEGIN ATOMIC SELECT 1; SELECT 2; END;
DO $$ BEGIN PERFORM 'SELEC'; END $$;
