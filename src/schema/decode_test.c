/*
 * decode_test.c - statements to ops: kinds, order, names, places.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "schema/decode.h"
#include "sql/parse.h"

struct decoded {
    struct arena arena;
    struct op_list list;
    struct tl_str text;
};

static void decode(struct decoded *d, const char *sql)
{
    struct parse_result r;
    bool more;

    arena_init(&d->arena, 0);
    d->text = tl_str_c(sql);
    parse_statement(d->text, &d->arena, &r, &more);
    if (!r.ok)
        fail_msg("%s: %.*s", sql, TL_FMT(r.message));
    decode_statement(&r.tree, d->text, &d->arena, &d->list);
}

static void done(struct decoded *d)
{
    arena_release(&d->arena);
}

static void assert_str(struct tl_str got, const char *want)
{
    if (!tl_str_is(got, want))
        fail_msg("got \"%.*s\", want \"%s\"", TL_FMT(got), want);
}

static void assert_name(struct tl_name got, const char *schema,
                        const char *name)
{
    assert_str(got.schema, schema);
    assert_str(got.name, name);
}

/* The part of the statement that the op's span shows. */
static struct tl_str shown(const struct decoded *d, const struct tl_op *op)
{
    assert_true(op->span.start <= op->span.end && op->span.end <= d->text.n);
    return (struct tl_str){d->text.p + op->span.start,
                           (size_t)(op->span.end - op->span.start)};
}

/* ---- kinds ---- */

struct kinds {
    const char *sql;
    const char *ops;
};

static const struct kinds kinds[] = {
    {"create schema s", "create-schema"},
    {"create schema s create table t (a int) create view v as select 1",
     "create-schema create-table create-view"},
    {"drop schema a, b cascade", "drop-schema drop-schema"},
    {"alter schema a rename to b", "rename-schema"},
    {"create table t (a int)", "create-table"},
    {"create foreign table f (a int) server s", "create-table"},
    {"create table t as select 1", "create-table-as"},
    {"select 1 as a into t", "create-table-as"},
    {"drop table a, b", "drop-table drop-table"},
    {"drop foreign table f", "drop-table"},
    {"alter table t rename to u", "rename-table"},
    {"alter view v rename to w", "rename-table"},
    {"alter table t set schema s", "set-schema"},
    {"alter table t add a int", "add-column"},
    {"alter table t drop a", "drop-column"},
    {"alter table t rename a to b", "rename-column"},
    {"alter table t alter a type int", "alter-column-type"},
    {"alter table t alter a set default 1", "set-default"},
    {"alter table t alter a drop default", "drop-default"},
    {"alter table t alter a set not null", "set-not-null"},
    {"alter table t alter a drop not null", "drop-not-null"},
    {"alter table t alter a add generated always as identity", "add-identity"},
    {"alter table t alter a drop identity", "drop-identity"},
    {"alter table t alter a drop expression", "drop-expression"},
    {"alter table t add check (a > 0)", "add-constraint"},
    {"alter table t drop constraint c", "drop-constraint"},
    {"alter table t validate constraint c", "validate-constraint"},
    {"alter table t rename constraint a to b", "rename-constraint"},
    {"alter table t alter constraint c deferrable", "alter-constraint"},
    {"alter table t set (fillfactor = 70)", "alter-table-other"},
    {"create index on t (a)", "create-index"},
    {"drop index i, j", "drop-index drop-index"},
    {"alter index i rename to j", "rename-index"},
    {"alter index i attach partition j", "attach-index"},
    {"reindex table t", "reindex"},
    {"alter table t attach partition u default", "attach-partition"},
    {"alter table t detach partition u", "detach-partition"},
    {"create view v as select 1", "create-view"},
    {"create materialized view v as select 1", "create-materialized-view"},
    {"refresh materialized view v", "refresh-materialized-view"},
    {"drop view v", "drop-view"},
    {"drop materialized view v", "drop-view"},
    {"create sequence s", "create-sequence"},
    {"alter sequence s restart", "alter-sequence"},
    {"drop sequence s", "drop-sequence"},
    {"create type t as (a int)", "create-type"},
    {"create type t as range (subtype = int)", "create-type"},
    {"create type e as enum ('a')", "create-enum"},
    {"alter type e add value 'b'", "add-enum-value"},
    {"create domain d as int check (value > 0)", "create-domain"},
    {"alter domain d set not null", "alter-domain"},
    {"drop type t", "drop-type"},
    {"drop domain d", "drop-type"},
    {"alter type t rename to u", "rename-type"},
    {"create function f() returns int language sql as 'select 1'",
     "create-function"},
    {"drop function f()", "drop-function"},
    {"create trigger g after insert on t execute function f()",
     "create-trigger"},
    {"drop trigger g on t", "drop-trigger"},
    {"create extension citext", "create-extension"},
    {"create policy p on t using (true)", "policy"},
    {"drop policy p on t", "policy"},
    {"truncate a, b", "truncate truncate"},
    {"insert into t values (1)", "insert"},
    {"update t set a = 1", "update"},
    {"delete from t", "delete"},
    {"merge into t using u on t.a = u.a when matched then delete",
     "insert select"},
    {"copy t from stdin", "copy-from"},
    {"copy t to stdout", "select"},
    {"select 1", "select"},
    {"lock table a, b in share mode", "lock-table lock-table"},
    {"vacuum full t", "vacuum"},
    {"analyze", "vacuum"},
    {"cluster t using i", "cluster"},
    {"begin", "begin"},
    {"start transaction", "begin"},
    {"commit", "commit"},
    {"end", "commit"},
    {"rollback", "rollback"},
    {"abort", "rollback"},
    {"rollback to savepoint a", "rollback"},
    {"savepoint a", "savepoint"},
    {"release savepoint a", "savepoint"},
    {"set lock_timeout = '1s'", "set"},
    {"reset all", "reset"},
    {"discard all", "reset"},
    {"select set_config('search_path', 'a', false)", "set"},
    {"do $$begin end$$", "do"},
    {"create database d", "create-or-drop-database"},
    {"drop database d", "create-or-drop-database"},
    {"alter system set work_mem = '4MB'", "alter-system"},
    {"explain analyze delete from t", "delete"},
    {"explain delete from t", "other"},
    {"grant select on t to u", "other"},
    {"comment on table t is 'x'", "other"},
    /* PostgreSQL's order, not the text's. */
    {"alter table t add constraint k unique (b), add b int, drop c, "
     "alter a type int, alter a set not null",
     "drop-column alter-column-type add-column set-not-null add-constraint"},
};

static void test_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        struct decoded d;
        struct buf got;

        decode(&d, kinds[i].sql);
        buf_init(&got, SIZE_MAX);
        for (uint32_t k = 0; k < d.list.n; k++)
            buf_printf(&got, "%s%s", k ? " " : "",
                       tl_op_name(d.list.ops[k].kind));
        if (!tl_str_is(buf_view(&got), kinds[i].ops))
            fail_msg("%s: %.*s", kinds[i].sql, TL_FMT(buf_view(&got)));
        for (uint32_t k = 0; k < d.list.n; k++)
            (void)shown(&d, &d.list.ops[k]);
        buf_release(&got);
        done(&d);
    }
}

/* ---- places ---- */

struct keyword {
    const char *sql;
    const char *before; /* the text up to keyword_end */
};

static const struct keyword keywords[] = {
    {"create index i on t (a)", "create index"},
    {"CREATE UNIQUE/* a */INDEX\non t (a)", "CREATE UNIQUE/* a */INDEX"},
    {"create index concurrently i on t (a)", "create index"},
    {"drop index if exists index", "drop index"},
    {"reindex table t", "reindex table"},
    {"reindex (verbose) index i", "reindex (verbose) index"},
    {"refresh materialized view v", "refresh materialized view"},
    {"alter table t detach partition \"a.b\".c",
     "alter table t detach partition \"a.b\".c"},
    {"create table t (a int)", ""},
};

static void test_keyword_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++) {
        struct decoded d;

        decode(&d, keywords[i].sql);
        assert_int_equal(d.list.n, 1);
        assert_str((struct tl_str){d.text.p, d.list.ops[0].keyword_end},
                   keywords[i].before);
        done(&d);
    }
}

static void test_clause_spans(void **state)
{
    struct decoded d;

    (void)state;
    decode(&d, "alter table public.t * add a numeric(10, 2), -- , x\n"
               " add constraint c check (a in (1, 2)), drop \"b,c\"");
    assert_int_equal(d.list.n, 3);
    assert_str(shown(&d, &d.list.ops[0]), "drop \"b,c\"");
    assert_str(shown(&d, &d.list.ops[1]), "add a numeric(10, 2)");
    assert_str(shown(&d, &d.list.ops[2]),
               "add constraint c check (a in (1, 2))");
    done(&d);
    decode(&d, "alter table t add a int");
    assert_str(shown(&d, &d.list.ops[0]), "alter table t add a int");
    done(&d);
}

static void test_element_places(void **state)
{
    static const char *const columns[] = {
        "id bigserial primary key", "\"Name\" text not null default 'a,b'",
        "p int references p (id)"};
    struct decoded d;

    (void)state;
    decode(&d, "create table t (id bigserial primary key, "
               "\"Name\" text not null default 'a,b', "
               "p int references p (id), unique (p, id))");

    const struct tl_op *op = &d.list.ops[0];

    assert_int_equal(op->n_columns, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_str((struct tl_str){d.text.p + op->columns[i].at,
                                   op->columns[i].length},
                   columns[i]);
    assert_int_equal(op->n_constraints, 3);
    assert_str((struct tl_str){d.text.p + op->constraints[2].at,
                               op->constraints[2].length},
               "unique (p, id)");
    assert_true(op->constraints[0].of_column);
    assert_false(op->constraints[2].of_column);
    done(&d);
}

/* ---- names ---- */

static void test_names(void **state)
{
    struct decoded d;

    (void)state;
    decode(&d, "CREATE TABLE Public.Users (ID int, \"Mixed\"\"Q\" int)");
    assert_name(d.list.ops[0].table, "public", "users");
    assert_str(d.list.ops[0].columns[0].name, "id");
    assert_str(d.list.ops[0].columns[1].name, "Mixed\"Q");
    done(&d);
    decode(&d, "drop index concurrently if exists s.\"I\" cascade");
    assert_name(d.list.ops[0].table, "s", "I");
    assert_str(d.list.ops[0].name, "I");
    assert_true(d.list.ops[0].concurrently && d.list.ops[0].if_exists &&
                d.list.ops[0].cascade && !d.list.ops[0].one_of_many);
    done(&d);
    decode(&d, "drop trigger g on s.t");
    assert_name(d.list.ops[0].table, "s", "t");
    assert_str(d.list.ops[0].name, "g");
    done(&d);
    decode(&d, "drop function s.f(int, text[])");
    assert_name(d.list.ops[0].table, "s", "f");
    assert_str(d.list.ops[0].value, "int4,text[]");
    done(&d);
    decode(&d, "drop function f");
    assert_null(d.list.ops[0].value.p);
    done(&d);
    decode(&d, "alter sequence s owned by x.t.c");
    assert_name(d.list.ops[0].other, "x", "t");
    assert_str(d.list.ops[0].column, "c");
    done(&d);
}

static void test_reindex(void **state)
{
    struct decoded d;

    (void)state;
    decode(&d, "reindex index concurrently s.i");
    assert_str(d.list.ops[0].value, "index");
    assert_name(d.list.ops[0].table, "s", "i");
    assert_int_equal(d.list.ops[0].relation_kind, TL_INDEX);
    assert_true(d.list.ops[0].concurrently);
    done(&d);
    decode(&d, "reindex (concurrently false) schema s");
    assert_str(d.list.ops[0].value, "schema");
    assert_str(d.list.ops[0].name, "s");
    assert_int_equal(d.list.ops[0].table.name.n, 0);
    assert_false(d.list.ops[0].concurrently);
    done(&d);
    decode(&d, "reindex (concurrently false) table concurrently t");
    assert_true(d.list.ops[0].concurrently);
    done(&d);
    decode(&d, "reindex (concurrently, concurrently 'OFF') table t");
    assert_false(d.list.ops[0].concurrently);
    done(&d);
    decode(&d, "reindex system x");
    assert_str(d.list.ops[0].value, "system");
    done(&d);
    decode(&d, "refresh materialized view concurrently v with data");
    assert_true(d.list.ops[0].with_data && d.list.ops[0].concurrently);
    done(&d);
    decode(&d, "refresh materialized view v with no data");
    assert_false(d.list.ops[0].with_data);
    done(&d);
}

/* ---- columns, constraints, indexes ---- */

static void test_columns(void **state)
{
    struct decoded d;

    (void)state;
    decode(&d, "create table t (a serial, b varchar(20) not null, "
               "c timestamptz default now(), d uuid default gen_random_uuid(), "
               "e int generated always as identity, "
               "f int generated always as (b * 2) stored, g int default null, "
               "h numeric(10, 2)[], i int default app.f())");

    const struct tl_column_def *c = d.list.ops[0].columns;

    assert_true(c[0].serial && c[0].not_null && !c[0].has_default);
    assert_str(c[0].type.name.name, "int4");
    assert_true(c[1].not_null && c[1].type.n_mods == 1);
    assert_int_equal(c[1].type.mods[0], 20);
    assert_int_equal(c[2].default_volatility, TL_STABLE);
    assert_int_equal(c[3].default_volatility, TL_VOLATILE);
    assert_str(c[3].volatile_call, "gen_random_uuid");
    assert_true(c[4].identity && c[4].not_null && !c[4].serial);
    assert_true(c[5].generated_stored && !c[5].has_default);
    assert_false(c[6].has_default);
    assert_int_equal(c[7].type.dimensions, 1);
    assert_int_equal(c[7].type.mods[1], 2);
    assert_int_equal(c[8].default_volatility, TL_VOLATILITY_UNKNOWN);
    assert_str(c[8].volatile_call, "app.f");
    done(&d);
    decode(&d, "alter table t add column if not exists a int unique "
               "references p on delete cascade deferrable");
    assert_true(d.list.ops[0].if_not_exists);
    assert_int_equal(d.list.ops[0].n_columns, 1);
    assert_int_equal(d.list.ops[0].n_constraints, 2);
    assert_int_equal(d.list.ops[0].constraints[0].kind, TL_UNIQUE);
    assert_int_equal(d.list.ops[0].constraints[1].on_delete, 'c');
    assert_true(d.list.ops[0].constraints[1].deferrable);
    assert_false(d.list.ops[0].constraints[0].deferrable);
    done(&d);
}

static void test_constraints(void **state)
{
    struct decoded d;

    (void)state;
    decode(&d, "alter table t add constraint f foreign key (a, b) "
               "references s.p (x, y) not valid");

    const struct tl_constraint_def *c = d.list.ops[0].constraints;

    assert_int_equal(d.list.ops[0].n_constraints, 1);
    assert_int_equal(c->kind, TL_FOREIGN_KEY);
    assert_str(c->name, "f");
    assert_name(c->ref_table, "s", "p");
    assert_int_equal(c->n_columns, 2);
    assert_str(c->ref_columns[1], "y");
    assert_true(c->not_valid);
    done(&d);
    decode(&d, "alter table t add primary key using index i");
    assert_str(d.list.ops[0].constraints[0].using_index, "i");
    assert_int_equal(d.list.ops[0].constraints[0].kind, TL_PRIMARY_KEY);
    done(&d);
    decode(&d, "alter table t add exclude using gist (r with &&, a with =)");
    c = d.list.ops[0].constraints;
    assert_int_equal(c->kind, TL_EXCLUDE);
    assert_non_null(c->index);
    assert_str(c->index->method, "gist");
    assert_int_equal(c->n_columns, 2);
    done(&d);
    /* In CREATE TABLE there is no row that NOT VALID could spare. */
    decode(&d, "create table t (a int, check (a > 0))");
    c = d.list.ops[0].constraints;
    assert_false(c->not_valid);
    assert_int_equal(c->n_columns, 1);
    assert_str(c->columns[0], "a");
    done(&d);
    decode(&d, "create table t (a int, b int, primary key (b))");
    assert_false(d.list.ops[0].columns[0].not_null);
    assert_true(d.list.ops[0].columns[1].not_null);
    done(&d);
}

static void test_indexes(void **state)
{
    struct decoded d;

    (void)state;
    decode(&d, "create unique index if not exists i on only t using btree "
               "(a desc, lower(b) text_pattern_ops, c collate \"C\" nulls "
               "first) include (e) where f is not null");

    const struct tl_op *op = &d.list.ops[0];
    const struct tl_index_def *x = op->index;

    assert_true(op->if_not_exists && x->unique && x->only);
    assert_int_equal(x->n_keys, 3);
    assert_true(x->keys[0].desc && x->keys[0].nulls_first);
    assert_int_equal(x->keys[1].column.n, 0);
    assert_true(x->keys[1].expression.n > 0);
    assert_str(x->keys[1].opclass, "text_pattern_ops");
    assert_str(x->keys[2].collation, "C");
    assert_true(x->keys[2].nulls_first && !x->keys[2].desc);
    assert_str(x->include[0], "e");
    assert_true(x->predicate.n > 0);
    assert_int_equal(x->n_used, 2);
    done(&d);
    decode(&d, "create index concurrently on t using gin (a, lower(b), (1))");
    assert_true(d.list.ops[0].concurrently);
    assert_str(d.list.ops[0].index->method, "gin");
    assert_str(d.list.ops[0].index->name_part, "a_lower_expr");
    assert_int_equal(d.list.ops[0].index->name.n, 0);
    done(&d);
}

/* ---- the rest ---- */

static void test_settings(void **state)
{
    struct decoded d;

    (void)state;
    decode(&d, "set local search_path to App, \"B c\", public");
    assert_true(d.list.ops[0].local);
    assert_str(d.list.ops[0].name, "search_path");
    assert_str(d.list.ops[0].value, "app, \"B c\", public");
    done(&d);
    decode(&d, "SELECT pg_catalog.set_config('search_path', '', false)");
    assert_int_equal(d.list.ops[0].kind, TL_OP_SET);
    assert_str(d.list.ops[0].name, "search_path");
    assert_int_equal(d.list.ops[0].value.n, 0);
    assert_false(d.list.ops[0].local);
    done(&d);
    decode(&d, "set time zone 'UTC'");
    assert_str(d.list.ops[0].name, "timezone");
    assert_str(d.list.ops[0].value, "UTC");
    done(&d);
    decode(&d, "commit and chain");
    assert_true(d.list.ops[0].chain);
    done(&d);
}

static void test_alterations(void **state)
{
    struct decoded d;

    (void)state;
    decode(&d, "alter table if exists t alter a type text collate \"C\" "
               "using a::text");
    assert_true(d.list.ops[0].if_exists && d.list.ops[0].new_collation);
    assert_str(d.list.ops[0].type.name.name, "text");
    assert_non_null(d.list.ops[0].using_node);
    done(&d);
    decode(&d, "alter table t attach partition s.u for values from (1) to (2)");
    assert_name(d.list.ops[0].other, "s", "u");
    assert_false(d.list.ops[0].is_default);
    done(&d);
    decode(&d, "create table u partition of t default");
    assert_int_equal(d.list.ops[0].n_parents, 1);
    assert_int_equal(d.list.ops[0].parents[0].kind, TL_PARENT_PARTITION);
    assert_true(d.list.ops[0].is_default);
    done(&d);
    decode(&d, "create table t (like u including all, a int) inherits (p)");
    assert_int_equal(d.list.ops[0].n_parents, 2);
    done(&d);
    decode(&d, "create table t (a int, b int) partition by range (a, b)");
    assert_true(d.list.ops[0].partitioned);
    assert_str(d.list.ops[0].partition_columns, "a,b");
    done(&d);
    decode(&d, "alter table t replica identity full, set unlogged");
    assert_int_equal(d.list.n, 2);
    assert_str(d.list.ops[0].value, "replica identity");
    assert_str(d.list.ops[1].value, "set unlogged");
    done(&d);
    decode(&d, "alter type e add value if not exists 'x' before 'y'");
    assert_str(d.list.ops[0].value, "x");
    assert_true(d.list.ops[0].if_not_exists);
    done(&d);
    decode(&d, "lock t in exclusive mode");
    assert_int_equal(d.list.ops[0].lock_mode, TL_EXCLUSIVE);
    done(&d);
    decode(&d, "alter publication p add table a, s.b");
    assert_int_equal(d.list.n, 2);
    assert_name(d.list.ops[1].table, "s", "b");
    assert_true(d.list.ops[1].one_of_many);
    done(&d);
    decode(&d, "with x as (select 1 from t) select * from x");
    assert_int_equal(d.list.ops[0].table.name.n, 0);
    done(&d);
    decode(&d, "with x as (select 1 from t) select * from s.x");
    assert_name(d.list.ops[0].table, "s", "x");
    done(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_keyword_end),
        cmocka_unit_test(test_clause_spans),
        cmocka_unit_test(test_element_places),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_reindex),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_constraints),
        cmocka_unit_test(test_indexes),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_alterations),
    };

    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
