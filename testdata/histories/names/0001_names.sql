CREATE TABLE a_table_whose_name_is_so_long_that_nothing_more_fits_behind_it_ever (
    id serial PRIMARY KEY,
    a_column_whose_name_is_nearly_as_long_as_the_one_of_its_table int UNIQUE CHECK (a_column_whose_name_is_nearly_as_long_as_the_one_of_its_table > 1),
    short int UNIQUE,
    up int REFERENCES a_table_whose_name_is_so_long_that_nothing_more_fits_behind_it_ever,
    UNIQUE (short, up),
    CHECK (short > up), CHECK (short < 100), CHECK (up > 0)
);
CREATE INDEX ON a_table_whose_name_is_so_long_that_nothing_more_fits_behind_it_ever (a_column_whose_name_is_nearly_as_long_as_the_one_of_its_table, short);
CREATE INDEX ON a_table_whose_name_is_so_long_that_nothing_more_fits_behind_it_ever (a_column_whose_name_is_nearly_as_long_as_the_one_of_its_table, short, up);
CREATE TABLE "größen_und_maße_für_äußerst_lange_übungsnamen" (
    "überlänge_mit_vielen_ümläuten_ä_ö" int UNIQUE, x int);
CREATE INDEX ON "größen_und_maße_für_äußerst_lange_übungsnamen" ("überlänge_mit_vielen_ümläuten_ä_ö", x);
CREATE TABLE t_a_key (b int UNIQUE);
CREATE TABLE t (a int, a_b int, b int);
CREATE TABLE t_a_seq (x int);
CREATE TABLE t_pkey (x int);
CREATE SEQUENCE s_id_seq;
CREATE TABLE s (id serial, PRIMARY KEY (id));
ALTER TABLE t ADD UNIQUE (a);
ALTER TABLE t ADD PRIMARY KEY (a);
ALTER TABLE t ADD UNIQUE (a, b), ADD UNIQUE (a_b), ADD UNIQUE (b);
ALTER TABLE t ADD UNIQUE (b);
ALTER TABLE t ADD CHECK (a > 0), ADD CHECK (a > 1), ADD CHECK (a > b), ADD CHECK (true);
ALTER TABLE t ADD COLUMN c serial, ADD COLUMN d int REFERENCES t_a_key (b) CHECK (d > 0);
ALTER TABLE t ADD FOREIGN KEY (d) REFERENCES t_a_key (b);
CREATE INDEX t_b_idx1 ON t (a);
CREATE INDEX ON t (b);
CREATE INDEX ON t (b) WHERE a > 0;
CREATE INDEX ON t ((a + b));
CREATE INDEX ON t ((a + b), (a - b), a, b, lower(a::text));
CREATE INDEX ON t ((CASE WHEN a > 0 THEN b END), (a IS NULL), (ARRAY[a]));
CREATE INDEX ON t (abs(a), abs(b), (a::text), (b::bigint));
CREATE INDEX ON t (b) INCLUDE (a, d);
CREATE INDEX ON t USING btree (b int4_ops DESC NULLS LAST);
CREATE TABLE checks (
    a int CONSTRAINT named CHECK (a > 0) CHECK (a < 9),
    b int CHECK (b > a), c int CHECK (c > 0 AND c < 5), d int CHECK (1 > 0),
    CONSTRAINT checks_a_check2 CHECK (b > 3), CHECK (a > 5), CHECK (a > 0 AND a < 3));
CREATE TABLE twice (a int UNIQUE UNIQUE, b int PRIMARY KEY UNIQUE, UNIQUE (a), UNIQUE (a, b), UNIQUE (b, a));
CREATE TABLE "Quoted Table" ("Id" serial PRIMARY KEY, "select" int UNIQUE, "with ""quote" int);
CREATE INDEX ON "Quoted Table" ("with ""quote");
