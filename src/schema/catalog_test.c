/*
 * catalog_test.c - a history folded, then asked at its moments.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "schema/store.h"
#include "schema/testing.h"

static struct tl_name named(const char *dotted)
{
    return name_split(tl_str_c(dotted));
}

static const struct tl_relation *rel_at(const struct history *h,
                                        const char *name, uint32_t at)
{
    return tl_find_relation(catalog_at(h->catalog, at), named(name), NULL);
}

static const struct tl_relation *rel(const struct history *h, const char *name)
{
    return rel_at(h, name, h->statement);
}

static const struct tl_column *col(const struct history *h, const char *table,
                                   const char *name)
{
    return tl_find_column(history_now(h), rel(h, table), tl_str_c(name));
}

static const struct tl_constraint *con(const struct history *h,
                                       const char *table, const char *name)
{
    return tl_find_constraint(history_now(h), rel(h, table), tl_str_c(name));
}

static const struct tl_index *idx(const struct history *h, const char *name)
{
    return tl_find_index(history_now(h), named(name));
}

static enum tl_know known(const struct history *h, const char *name)
{
    enum tl_know k;

    (void)tl_find_relation(history_now(h), named(name), &k);
    return k;
}

/* "a int4, b text!": the columns in order, ! for NOT NULL. */
static void assert_columns(const struct history *h, const char *table,
                           const char *want)
{
    struct buf got;
    char type[128];

    buf_init(&got, SIZE_MAX);
    TL_EACH_COLUMN(history_now(h), rel(h, table), c)
        buf_printf(&got, "%s%.*s %s%s", got.n ? ", " : "", TL_FMT(c->name),
                   tl_type_text(&c->type, type, sizeof(type)),
                   c->not_null ? "!" : "");
    if (!tl_str_is(buf_view(&got), want))
        fail_msg("%s: %.*s, want %s", table, TL_FMT(buf_view(&got)), want);
    buf_release(&got);
}

static void assert_indexes(const struct history *h, const char *table,
                           const char *want)
{
    struct buf got;

    buf_init(&got, SIZE_MAX);
    TL_EACH_INDEX(history_now(h), rel(h, table), x)
        buf_printf(&got, "%s%.*s", got.n ? " " : "", TL_FMT(x->name.name));
    if (!tl_str_is(buf_view(&got), want))
        fail_msg("%s: %.*s, want %s", table, TL_FMT(buf_view(&got)), want);
    buf_release(&got);
}

static struct history begun(const char *sql)
{
    struct history h;

    history_init(&h, 15);
    history_run(&h, sql);
    return h;
}

/* ---- tables and columns ---- */

static void test_table_life(void **state)
{
    (void)state;
    struct history h = begun("create table t (id bigint primary key, a text);"
                             "alter table t add b int not null default 1;"
                             "alter table t alter a type varchar(20);"
                             "alter table t rename a to c;"
                             "alter table t alter c set not null;"
                             "alter table t drop b;"
                             "alter table t rename to u;"
                             "drop table u");
    uint32_t id = rel_at(&h, "t", 1)->id;

    assert_null(rel_at(&h, "t", 0));
    assert_int_equal(rel_at(&h, "t", 1)->row.born, 1);
    assert_null(rel_at(&h, "u", 6));
    assert_int_equal(rel_at(&h, "u", 7)->id, id);
    assert_null(rel_at(&h, "t", 7));
    assert_null(rel_at(&h, "u", 8));
    assert_int_equal(catalog_died(h.catalog, id), 8);
    assert_int_equal(known(&h, "u"), TL_NO);
    assert_int_equal(known(&h, "never"), TL_UNKNOWN);
    h.statement = 2;
    assert_columns(&h, "t", "id bigint!, a text, b integer!");
    h.statement = 5;
    assert_columns(&h, "t", "id bigint!, c varchar(20)!, b integer!");
    h.statement = 6;
    assert_columns(&h, "t", "id bigint!, c varchar(20)!");
    /* A number is not used again. */
    assert_int_equal(col(&h, "t", "c")->number, 2);
    h.statement = 8;
    history_run(&h, "create table u (x int)");
    assert_int_not_equal(rel(&h, "u")->id, id);
    assert_int_equal(catalog_died(h.catalog, id), 8);
    assert_int_equal(catalog_died(h.catalog, rel(&h, "u")->id), 0);
    assert_int_equal(catalog_died(h.catalog, 12345), 0);
    history_release(&h);
}

static void test_if_exists(void **state)
{
    (void)state;
    struct history h = begun("create table t (a int);"
                             "create table if not exists t (z int);"
                             "alter table t add column if not exists a text;"
                             "create index i on t (a);"
                             "create index if not exists i on t (b);"
                             "drop table if exists nothing;"
                             "alter table t drop column if exists z");

    assert_columns(&h, "t", "a integer");
    assert_true(tl_str_is(idx(&h, "i")->keys[0].column, "a"));
    assert_null(rel(&h, "nothing"));
    history_run(&h, "create view v as select a from t;"
                    "create or replace view v as select a, 1 as b from t");
    assert_non_null(col(&h, "v", "b"));
    history_release(&h);
}

static void test_names_and_paths(void **state)
{
    (void)state;
    struct history h = begun("create table app.t (a int);"
                             "create table t (b int);"
                             "create table \"T\" (c int);"
                             "set search_path to app, public;"
                             "alter table t add d int;"
                             "create table u (a int);"
                             "reset search_path");

    assert_columns(&h, "app.t", "a integer, d integer");
    assert_columns(&h, "public.t", "b integer");
    assert_columns(&h, "T", "c integer");
    assert_columns(&h, "app.u", "a integer");
    assert_null(rel(&h, "u"));
    history_run(&h, "alter table t set schema app2; alter schema app2 "
                    "rename to app3");
    assert_columns(&h, "app3.t", "b integer");
    history_run(&h, "begin; set local search_path = app; create table l "
                    "(a int); commit; create table m (a int)");
    assert_non_null(rel(&h, "app.l"));
    assert_non_null(rel(&h, "public.m"));
    history_run(&h, "set search_path = app");
    catalog_reset_search_path(h.catalog);
    history_run(&h, "create table n (a int)");
    assert_non_null(rel(&h, "public.n"));
    history_run(&h, "drop schema app cascade");
    assert_null(rel(&h, "app.t"));
    history_release(&h);
}

static void test_paths_that_find_public(void **state)
{
    (void)state;
    const struct tl_str everybody = TL_STR("public");
    struct history h = begun("create table t (a int)");

    assert_true(tl_path_has(history_now(&h), everybody));
    history_run(&h, "set search_path = ''; create table u (a int)");
    assert_false(tl_path_has(history_now(&h), everybody));
    assert_non_null(rel(&h, "public.u"));
    history_run(&h, "set search_path to app, public");
    assert_true(tl_path_has(history_now(&h), everybody));
    history_run(&h, "begin; set local search_path = ''");
    assert_false(tl_path_has(history_now(&h), everybody));
    history_run(&h, "commit");
    assert_true(tl_path_has(history_now(&h), everybody));
    history_run(&h, "select set_config('search_path', '', false)");
    assert_false(tl_path_has(history_now(&h), everybody));
    catalog_reset_search_path(h.catalog);
    assert_true(tl_path_has(history_now(&h), everybody));
    history_run(&h, "set search_path = ''; reset search_path");
    assert_true(tl_path_has(history_now(&h), everybody));
    history_release(&h);
}

static void test_dump(void **state)
{
    (void)state;
    struct history h =
        begun("SELECT pg_catalog.set_config('search_path', '', false);"
              "CREATE TABLE public.users (id integer NOT NULL, name text);"
              "CREATE SEQUENCE public.users_id_seq AS integer;"
              "ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;"
              "ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT "
              "nextval('public.users_id_seq'::regclass);"
              "ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey "
              "PRIMARY KEY (id);"
              "CREATE INDEX users_name ON public.users USING btree (name)");

    assert_columns(&h, "public.users", "id integer!, name text");
    assert_indexes(&h, "public.users", "users_pkey users_name");
    assert_true(idx(&h, "public.users_pkey")->primary);
    assert_true(col(&h, "public.users", "id")->default_text.n > 0);
    history_run(&h, "DROP TABLE public.users");
    assert_null(rel(&h, "public.users_id_seq"));
    history_release(&h);
}

static void test_collation(void **state)
{
    (void)state;

    struct history h =
        begun("CREATE TABLE t (a text COLLATE \"C\", b text);"
              "CREATE TABLE u (LIKE t);"
              "ALTER TABLE t ALTER a TYPE text;"
              "ALTER TABLE t ALTER b TYPE text COLLATE \"de-x-icu\"");
    assert_int_equal(col(&h, "t", "a")->collation.n, 0);
    assert_true(tl_str_is(col(&h, "t", "b")->collation, "de-x-icu"));
    assert_true(tl_str_is(col(&h, "u", "a")->collation, "C"));
    history_release(&h);
}

static void test_where_a_type_is_from(void **state)
{
    (void)state;
    struct history h = begun("create table t (a int, b int);"
                             "alter table t alter a type bigint;"
                             "alter table t alter a set not null");
    const struct tl_column *a = col(&h, "t", "a");
    const struct tl_column *b = col(&h, "t", "b");

    assert_true(a->typed.start != a->row.made.start);
    assert_true(b->typed.start == b->row.made.start);
    assert_true(a->row.first == b->row.first);
    assert_true(a->row.born > b->row.born);
    history_release(&h);
}

/* ---- indexes and constraints ---- */

static void test_chosen_names(void **state)
{
    (void)state;
    struct history h =
        begun("create table t (id int primary key, a int unique, b int "
              "check (b > 0), c int references t, unique (a, b), "
              "check (a > b), foreign key (a, b) references t (a, b));"
              "create index on t (a); create index on t (a);"
              "create index on t (lower(a::text), b)");

    assert_indexes(&h, "t",
                   "t_pkey t_a_key t_a_b_key t_a_idx t_a_idx1 "
                   "t_lower_b_idx");
    assert_non_null(con(&h, "t", "t_b_check"));
    assert_non_null(con(&h, "t", "t_check"));
    assert_non_null(con(&h, "t", "t_c_fkey"));
    assert_non_null(con(&h, "t", "t_a_b_fkey"));
    assert_int_equal(con(&h, "t", "t_c_fkey")->ref_relation, rel(&h, "t")->id);
    assert_true(tl_str_is(con(&h, "t", "t_c_fkey")->ref_columns[0], "id"));
    history_release(&h);
}

static void test_index_life(void **state)
{
    (void)state;
    struct history h = begun("create table t (a int, b int, c int);"
                             "create index i on t (a, b) where c > 0;"
                             "create unique index j on t (b desc);"
                             "alter index i rename to k");
    uint32_t id = idx(&h, "k")->id;

    assert_null(idx(&h, "i"));
    assert_int_equal(idx(&h, "k")->row.born, 4);
    assert_true(idx(&h, "k")->row.made.end > idx(&h, "k")->row.made.start);
    history_run(&h, "alter table t rename b to d");
    assert_true(tl_str_is(idx(&h, "k")->keys[1].column, "d"));

    struct tl_str d = tl_str_c("d");

    assert_ptr_equal(
        tl_index_led_by(history_now(&h), rel(&h, "t"), &d, 1, false),
        idx(&h, "j"));
    /* An index goes with any column that it needs, its predicate's too. */
    history_run(&h, "alter table t drop c");
    assert_null(idx(&h, "k"));
    assert_int_equal(catalog_died(h.catalog, id), h.statement);
    history_run(&h, "drop index concurrently j; drop index public.unknown");
    assert_indexes(&h, "t", "");
    history_release(&h);
}

static void test_constraint_life(void **state)
{
    (void)state;
    struct history h =
        begun("create table p (id int primary key);"
              "create table t (a int, b int);"
              "alter table t add constraint f foreign key (a) references p "
              "not valid;"
              "alter table t add constraint c check (b is not null) not valid");
    struct tl_str b = tl_str_c("b");

    assert_false(con(&h, "t", "f")->validated);
    assert_int_equal(tl_column_is_not_null(history_now(&h), rel(&h, "t"), b),
                     TL_NO);
    history_run(&h, "alter table t validate constraint f;"
                    "alter table t validate constraint c");
    assert_true(con(&h, "t", "f")->validated);
    assert_int_equal(tl_column_is_not_null(history_now(&h), rel(&h, "t"), b),
                     TL_YES);
    history_run(&h, "alter table t rename constraint f to g");
    assert_null(con(&h, "t", "f"));
    assert_non_null(con(&h, "t", "g"));
    history_run(&h, "create unique index u on t (b);"
                    "alter table t add constraint tu unique using index u");
    assert_non_null(idx(&h, "tu"));
    assert_true(idx(&h, "tu")->of_constraint);
    /* It belongs to a constraint: PostgreSQL would refuse. */
    history_run(&h, "drop index tu");
    assert_non_null(idx(&h, "tu"));
    history_run(&h, "alter table t drop constraint tu");
    assert_null(idx(&h, "tu"));
    history_run(&h, "drop table p cascade");
    assert_null(con(&h, "t", "g"));
    history_release(&h);
}

static void test_partitions(void **state)
{
    (void)state;
    struct history h =
        begun("create table t (id int, d date, primary key (id, d)) "
              "partition by range (d);"
              "create table t1 partition of t for values from ('2020-01-01') "
              "to ('2021-01-01');"
              "create index on t (id);"
              "create table t2 (id int not null, d date not null);"
              "alter table t attach partition t2 default");

    assert_int_equal(rel(&h, "t")->kind, TL_PARTITIONED_TABLE);
    assert_int_equal(rel(&h, "t1")->parent, rel(&h, "t")->id);
    assert_indexes(&h, "t1", "t1_pkey t1_id_idx");
    assert_indexes(&h, "t2", "t2_pkey t2_id_idx");
    history_run(&h, "alter table t add x int; insert into t1 values (1)");
    assert_non_null(col(&h, "t2", "x"));
    assert_true(rel(&h, "t")->filled && rel(&h, "t1")->filled);
    assert_false(rel(&h, "t2")->filled);
    history_run(&h, "alter table t detach partition t2;"
                    "alter table t drop x; drop index t_id_idx");
    assert_non_null(col(&h, "t2", "x"));
    assert_null(col(&h, "t1", "x"));
    assert_indexes(&h, "t1", "t1_pkey");
    assert_indexes(&h, "t2", "t2_pkey t2_id_idx");
    history_run(&h, "drop table t");
    assert_null(rel(&h, "t1"));
    assert_non_null(rel(&h, "t2"));
    history_release(&h);
}

/* ---- other objects ---- */

static void test_views(void **state)
{
    (void)state;
    struct history h =
        begun("create table t (a int, b text);"
              "create view v as select b, a as c from t;"
              "create materialized view m as select * from t with no data;"
              "create view w as select * from v");

    assert_columns(&h, "v", "b text, c integer");
    assert_columns(&h, "m", "a integer, b text");
    assert_columns(&h, "w", "b text, c integer");
    assert_true(rel(&h, "m")->without_data);
    history_run(&h, "refresh materialized view m; create unique index on m "
                    "(a)");
    assert_false(rel(&h, "m")->without_data);
    assert_indexes(&h, "m", "m_a_idx");
    history_run(&h, "drop table t cascade");
    assert_null(rel(&h, "v"));
    assert_null(rel(&h, "w"));
    assert_null(rel(&h, "m"));
    history_release(&h);
}

/* As a server answers. */
static void test_names_in_views(void **state)
{
    static const struct {
        const char *query;
        const char *columns;
    } views[] = {
        {"select case when a = 1 then 'a' else 'b'::text end from t", "case"},
        {"select (case when a = 1 then 1 else 2 end)::bigint from t", "int8"},
        {"select case when a = 1 then 1 else a end from t", "a"},
        {"select a::text::varchar from t", "a"},
        {"select '1'::text::varchar from t", "varchar"},
        {"select (select 1)::bigint from t", "?column?"},
        {"select (values (1))::bigint from t", "column1"},
        {"select (q).x, c[1], grouping(a) from t group by 1, 2, a",
         "x c grouping"},
        {"select b collate \"C\", nullif(a, 1), array(select 1) from t",
         "b nullif array"},
        {"select xmlelement(name x), xmlserialize(content b as text) from t",
         "xmlelement xmlserialize"},
        {"select 1 as m union select 2 as n", "m"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
        struct history h = begun("create table t (a int, b text, c int[])");
        char sql[256];
        struct buf got;

        buf_init(&got, 0);
        snprintf(sql, sizeof(sql), "create view v as %s", views[i].query);
        history_run(&h, sql);
        TL_EACH_COLUMN(history_now(&h), rel(&h, "v"), c)
            buf_printf(&got, "%s%.*s", got.n ? " " : "", TL_FMT(c->name));
        if (!tl_str_is(buf_view(&got), views[i].columns))
            fail_msg("%s: %.*s", views[i].query, TL_FMT(buf_view(&got)));
        buf_release(&got);
        history_release(&h);
    }
}

/* Nobody says how many columns of the star a list of names leaves. */
static void test_names_before_a_star(void **state)
{
    (void)state;
    struct history h = begun("create table t (a int, b text);"
                             "create view v (one) as select * from t;"
                             "create view w (one) as select a, b from t");

    assert_true(rel(&h, "v")->incomplete);
    assert_false(rel(&h, "w")->incomplete);
    assert_columns(&h, "w", "one integer, b text");
    history_release(&h);
}

static void test_types(void **state)
{
    (void)state;
    struct history h = begun("create type e as enum ('a');"
                             "create domain d as int not null check "
                             "(value > 0);"
                             "create type c as (x int, y text);"
                             "create table t (p e, q d, r c);"
                             "alter type e rename to f");

    assert_null(store_find_type(h.catalog, named("e"), STORE_NOW));
    assert_int_equal(store_find_type(h.catalog, named("f"), STORE_NOW)->kind,
                     TYPE_ENUM);
    assert_int_equal(
        store_find_type(h.catalog, named("d"), STORE_NOW)->n_checks, 1);
    assert_true(col(&h, "t", "q")->not_null);
    assert_columns(&h, "c", "x integer, y text");
    history_run(&h, "alter domain d add constraint k check (value < 9);"
                    "drop type f; drop domain d cascade; drop type c cascade");
    assert_null(store_find_type(h.catalog, named("d"), STORE_NOW));
    assert_null(col(&h, "t", "q"));
    assert_null(rel(&h, "c"));
    history_release(&h);
}

static void test_sequences(void **state)
{
    (void)state;
    struct history h =
        begun("create table t (id serial, n int generated always as "
              "identity, o int);"
              "create sequence s owned by t.o; create sequence free");

    assert_non_null(rel(&h, "t_id_seq"));
    assert_non_null(rel(&h, "t_n_seq"));
    assert_int_equal(rel(&h, "s")->kind, TL_SEQUENCE);
    history_run(&h, "alter sequence free rename to f2; alter table t drop o");
    assert_null(rel(&h, "s"));
    assert_non_null(rel(&h, "f2"));
    history_run(&h, "drop table t; drop sequence f2");
    assert_null(rel(&h, "t_id_seq"));
    assert_null(rel(&h, "f2"));
    history_release(&h);
}

static void test_like_and_inherits(void **state)
{
    (void)state;
    struct history h =
        begun("create table t (id int primary key, a int default 3 check "
              "(a > 0), b int); create index on t (b);"
              "create table l (x int, like t including all, y int);"
              "create table m (like t);"
              "create table c (z int) inherits (t)");

    assert_columns(&h, "l",
                   "x integer, id integer!, a integer, b integer, y integer");
    assert_indexes(&h, "l", "l_pkey l_b_idx");
    assert_non_null(con(&h, "l", "t_a_check"));
    assert_indexes(&h, "m", "");
    assert_int_equal(col(&h, "m", "a")->default_text.n, 0);
    assert_columns(&h, "c", "id integer!, a integer, b integer, z integer");
    history_run(&h, "alter table t add n int; alter table t drop b");
    assert_columns(&h, "c", "id integer!, a integer, z integer, n integer");
    history_release(&h);
}

/* ---- what is not known ---- */

static void test_unseen(void **state)
{
    (void)state;
    struct history h = begun("alter table old add a int not null;"
                             "create index on older (b)");
    struct tl_str b = tl_str_c("b");

    assert_true(rel(&h, "old")->incomplete && rel(&h, "old")->filled);
    assert_non_null(col(&h, "old", "a"));
    assert_int_equal(
        tl_column_is_not_null(history_now(&h), rel(&h, "older"), b),
        TL_UNKNOWN);
    assert_int_equal(tl_column_is_not_null(history_now(&h), NULL, b),
                     TL_UNKNOWN);
    /* It was there before the first statement. */
    assert_non_null(rel_at(&h, "older", 1));
    history_run(&h, "drop table gone; alter table gone add x int");
    assert_null(rel(&h, "gone"));
    assert_int_equal(known(&h, "gone"), TL_NO);
    history_release(&h);
}

static void test_taint(void **state)
{
    (void)state;
    struct history h =
        begun("create table t (a int); create table \"U\" (a int);"
              "create table w (a int); create table s (a int);"
              "do $$begin alter TABLE T add b int; update \"U\" set a = 1;"
              " execute 'alter table s add c int'; end$$");

    assert_true(rel(&h, "t")->uncertain);
    assert_true(rel(&h, "U")->uncertain);
    assert_true(rel(&h, "s")->uncertain);
    assert_false(rel(&h, "w")->uncertain);
    assert_int_equal(
        tl_column_is_not_null(history_now(&h), rel(&h, "t"), tl_str_c("a")),
        TL_UNKNOWN);
    assert_int_equal(
        tl_column_is_not_null(history_now(&h), rel(&h, "w"), tl_str_c("a")),
        TL_NO);
    history_release(&h);
}

static void test_rollback(void **state)
{
    (void)state;
    struct history h = begun("create table t (a int, b int);"
                             "create index i on t (a)");
    size_t mark = catalog_mark(h.catalog);
    uint32_t id = rel(&h, "t")->id;

    /* As the down part of a file: judged, and undone. */
    history_run(&h, "alter table t rename a to c; drop index i;"
                    "alter table t drop b; drop table t;"
                    "create table t (z int); set search_path = nowhere");
    assert_columns(&h, "public.t", "z integer");
    catalog_rollback(h.catalog, mark);
    assert_int_equal(rel(&h, "t")->id, id);
    assert_columns(&h, "t", "a integer, b integer");
    assert_indexes(&h, "t", "i");
    assert_int_equal(catalog_died(h.catalog, id), 0);
    for (uint32_t at = 2; at <= h.statement; at++)
        assert_int_equal(rel_at(&h, "t", at)->id, id);
    catalog_rollback(h.catalog, 0);
    assert_null(rel(&h, "t"));
    assert_int_equal(known(&h, "t"), TL_UNKNOWN);
    history_release(&h);
}

static void test_rows_come_and_go(void **state)
{
    (void)state;
    struct history h = begun("create table t (a int)");

    assert_false(rel(&h, "t")->filled);
    history_run(&h, "insert into t values (1)");
    assert_true(rel(&h, "t")->filled);
    history_run(&h, "delete from t where a = 1");
    assert_int_equal(rel(&h, "t")->emptied, 0);
    history_run(&h, "delete from t");
    assert_int_equal(rel(&h, "t")->emptied, h.statement);
    history_run(&h, "copy t from stdin");
    assert_int_equal(rel(&h, "t")->emptied, 0);
    history_run(&h, "create table f as select 1 as a");
    assert_true(rel(&h, "f")->filled);
    history_run(&h, "alter table t add b int not null default 1;"
                    "alter table t add c serial, add d int");
    assert_int_equal(rel(&h, "t")->proved_empty, 0);
    history_run(&h, "alter table t add e int not null");
    assert_int_equal(rel(&h, "t")->proved_empty, h.statement);
    history_run(&h, "insert into t (a, e) values (1, 1)");
    assert_int_equal(rel(&h, "t")->proved_empty, 0);
    history_release(&h);
}

/* ---- hostile ---- */

static void test_nonsense(void **state)
{
    (void)state;
    struct history h =
        begun("create table t (a int, a text, a int primary key);"
              "create table t (b int); create index t on t (b);"
              "alter table x rename to x; alter table y rename a to a;"
              "create table c () inherits (c);"
              "create table p (a int) partition by list (a);"
              "alter table p attach partition p default;"
              "create table q partition of p default partition by list (a);"
              "alter table q attach partition p default;"
              "alter table p inherit p; alter table q inherit p;"
              "alter table p inherit q; alter table p add z int;"
              "alter table p drop a cascade; drop table p cascade;"
              "drop table nil; drop index nil; drop view nil;"
              "drop type nil cascade; drop schema nil cascade;"
              "alter table nil drop column a, drop constraint b;"
              "alter table n2 add foreign key (a) references n3;"
              "alter table n2 add primary key using index n4;"
              "alter table n2 validate constraint n5;"
              "alter index n6 attach partition n7; alter domain n8 set not "
              "null; alter sequence n9 owned by n10.n11;"
              "create view vv as select * from vv;"
              "create view va as select * from vb;"
              "create view vb as select * from va; drop view va cascade");

    TL_EACH_RELATION(history_now(&h), r)
        assert_true(r->id > 0 && r->name.name.n > 0);
    history_release(&h);
}

/* Forty floors of two tables, each a child of both below: a walk that takes
   every way would take 2^40 steps. */
static void test_diamonds(void **state)
{
    struct history h;
    char sql[256];

    (void)state;
    history_init(&h, 15);
    history_run(&h, "create table a0 (x int); create table b0 (x int)");
    for (int i = 1; i <= 40; i++) {
        (void)snprintf(sql, sizeof(sql),
                       "create table a%d () inherits (a%d, b%d);"
                       "create table b%d () inherits (a%d, b%d)",
                       i, i - 1, i - 1, i, i - 1, i - 1);
        history_run(&h, sql);
    }
    history_run(&h, "alter table a0 add y int; insert into a0 values (1);"
                    "alter table a0 alter x type bigint; drop table a0 "
                    "cascade");
    assert_non_null(rel(&h, "b0"));
    history_release(&h);
}

static void test_ten_thousand_columns(void **state)
{
    struct history h;
    struct buf sql;
    uint32_t n = 0;

    (void)state;
    history_init(&h, 15);
    buf_init(&sql, 0);
    buf_puts(&sql, "create table t (");
    for (int i = 0; i < 10000; i++)
        buf_printf(&sql, "%sc%d int", i ? "," : "", i);
    buf_puts(&sql, ")");
    buf_char(&sql, '\0');
    history_run(&h, sql.p);
    TL_EACH_COLUMN(history_now(&h), rel(&h, "t"), c)
        assert_int_equal(c->number, ++n);
    assert_int_equal(n, 10000);
    buf_release(&sql);
    history_release(&h);
}

/* A thousand versions of one thing: looking it up must not be a walk that
   makes the whole quadratic beyond use. */
static void test_many_versions(void **state)
{
    struct history h;
    char sql[128];

    (void)state;
    history_init(&h, 15);
    history_run(&h, "create table t (a int)");
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(sql, sizeof(sql),
                       "alter table t add c%d int; drop table if exists u; "
                       "create table u (a int references t)",
                       i);
        history_run(&h, sql);
    }
    assert_non_null(col(&h, "t", "c999"));
    assert_non_null(rel(&h, "u"));
    assert_int_equal(rel(&h, "u")->row.born, h.statement);
    history_release(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_life),
        cmocka_unit_test(test_if_exists),
        cmocka_unit_test(test_names_and_paths),
        cmocka_unit_test(test_paths_that_find_public),
        cmocka_unit_test(test_dump),
        cmocka_unit_test(test_collation),
        cmocka_unit_test(test_where_a_type_is_from),
        cmocka_unit_test(test_chosen_names),
        cmocka_unit_test(test_index_life),
        cmocka_unit_test(test_constraint_life),
        cmocka_unit_test(test_partitions),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_names_in_views),
        cmocka_unit_test(test_names_before_a_star),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_like_and_inherits),
        cmocka_unit_test(test_unseen),
        cmocka_unit_test(test_taint),
        cmocka_unit_test(test_rollback),
        cmocka_unit_test(test_rows_come_and_go),
        cmocka_unit_test(test_nonsense),
        cmocka_unit_test(test_diamonds),
        cmocka_unit_test(test_ten_thousand_columns),
        cmocka_unit_test(test_many_versions),
    };

    return cmocka_run_group_tests_name("catalog", tests, NULL, NULL);
}
