SELECT 1;
SELEC 2;
-- expect: syntax-error
CREATE TABLE a (id bigint,);
--                        ^ expect: syntax-error
-- What follows is read all the same.
CREATE TABLE b (id bigint);
SELECT 'open;
--     ^ expect: syntax-error
