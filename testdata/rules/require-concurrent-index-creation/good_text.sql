-- What looks like the statement and is a word in something else.
-- CREATE INDEX a ON readings (id);
/* CREATE INDEX b ON readings (id); /* CREATE INDEX c ON readings (id); */ still a comment: CREATE INDEX d ON readings (id); */
INSERT INTO spool (id, line) VALUES (1, 'it''s; CREATE INDEX e ON readings (id);');
INSERT INTO spool (id, line) VALUES (2, E'quote \'; CREATE INDEX f ON readings (id);');
INSERT INTO spool (id, line) VALUES (3, U&'\0061; CREATE INDEX g ON readings (id);');
INSERT INTO spool (id, line) VALUES (4, $$; CREATE INDEX h ON readings (id); $$);
INSERT INTO spool (id, line) VALUES (5, $q$ $$ ; CREATE INDEX i ON readings (id); $$ $q$);
SELECT id AS "; CREATE INDEX j ON readings (id);" FROM spool;

COPY spool (id, line) FROM stdin WITH (FORMAT csv);
6,"CREATE INDEX k ON readings (id);"
7,--
\.

CREATE PROCEDURE rebuild()
LANGUAGE plpgsql
AS $proc$
BEGIN
    CREATE INDEX l ON readings (id);
    COMMIT;
END;
$proc$;

CREATE FUNCTION coldest() RETURNS numeric
LANGUAGE sql
BEGIN ATOMIC
    SELECT 1;
    SELECT min(celsius) FROM readings WHERE payload ->> 'note' <> 'CREATE INDEX m ON readings (id);';
END;

CREATE RULE spool_rule AS ON INSERT TO spool DO ALSO (
    NOTIFY spool_filled;
    SELECT 1
);

\echo CREATE INDEX n ON readings (id);
\if :has_index
\endif
