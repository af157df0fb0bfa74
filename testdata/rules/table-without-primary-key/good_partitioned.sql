-- It can have none: PostgreSQL refuses a primary key beside an expression.
CREATE TABLE tolls (gate integer, paid date) PARTITION BY RANGE ((gate + 1));
-- ok: table-without-primary-key
CREATE TABLE tolls_1 PARTITION OF tolls DEFAULT;
