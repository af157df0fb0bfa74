/*
 * graft_test.c - the grafted tree is the one that libpg_query packs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sql/graft.h"

#include <pg_query.h>

/* Every way in which a member can point: lists, lists with holes, unions,
   strings, NULLs; and statements of every family. */
static const char *const texts[] = {
    "",
    "select",
    "select 1, 'a', 1.5, b'01', null, true, -7, ''",
    "select * from a as x (p, q) left join lateral (select 1) y on true "
    "where x.p in (1, 2, 3) and not exists (select from b) order by 1 desc "
    "nulls last limit 3 offset 1 for update of x skip locked",
    "with recursive t (n) as (values (1) union all select n + 1 from t) "
    "select n, sum(n) over w from t window w as (partition by n order by n "
    "rows between 1 preceding and current row)",
    "select a[1:2], (b).c, d::int[], array[1, 2], row(1, 2), case when e then "
    "1 else 2 end, coalesce(f, g), cast('1' as numeric(10, 2)), $1",
    "select count(distinct a) filter (where b), percentile_cont(0.5) within "
    "group (order by c) from d group by grouping sets ((a), ())",
    "insert into a (b, c) values (1, default), (2, 3) on conflict (b) where c "
    "> 1 do update set c = excluded.c returning *",
    "update a set (b, c) = (select 1, 2) from d where a.id = d.id",
    "delete from only a using b where a.id = b.id",
    "merge into a using b on a.id = b.id when matched then delete when not "
    "matched then insert values (1)",
    "create table a (id bigint generated always as identity primary key, b "
    "text not null default 'x' check (b <> '') collate \"C\", c int "
    "references d (e) on delete cascade deferrable, f int generated always as "
    "(c * 2) stored, exclude using gist (c with =), like g including all) "
    "inherits (h) partition by range (id) with (fillfactor = 70)",
    "create table p partition of a for values from (minvalue) to (10)",
    "alter table only a add column if not exists b int, drop constraint c "
    "cascade, alter column d type text using d::text, validate constraint e",
    "create unique index concurrently if not exists i on a using btree (b "
    "desc, lower(c) text_pattern_ops) include (d) where e is null",
    "create function f(a int default 1, out b text) returns setof text "
    "language plpgsql security definer set search_path = '' as $$ begin end $$",
    "create function g() returns int begin atomic select 1; select 2; end",
    "create trigger t after insert or update of a, b on c for each row when "
    "(new.a is distinct from old.a) execute function f('x', '')",
    "create type e as enum ('a', 'b')",
    "create domain d as text constraint c check (value <> '') not null",
    "create policy p on a as restrictive for select to public using (true)",
    "create view v (a, b) as select 1, 2 with check option",
    "create materialized view m as select 1 with no data",
    "grant select (a), update on b to c with grant option",
    "copy a (b) from stdin with (format csv, header true)",
    "do $$ begin null; end $$",
    "set local search_path to a, 'b'",
    "begin isolation level serializable read only; commit; vacuum (full) a",
    "comment on column a.b is null",
    "drop table if exists a, b.c cascade",
    "drop function f(int, text), g()",
    "lock table a in exclusive mode nowait",
    "declare c scroll cursor for select 1",
    "explain (analyze, format json) select 1",
    "prepare p (int) as select $1",
    "create publication p for table a, tables in schema b with (publish = '')",
    "create cast (a as b) with function f(a) as implicit",
    "select xmlelement(name a, xmlattributes(b as c)), interval '1' day, "
    "timestamp 'now', json_agg(a), a at time zone 'utc', extract(day from b)",
    "select (select array(select 1))[1], a is true, b between 1 and 2, c like "
    "'x' escape '!', d = any (array[1]), row(1) = row(2), - -1, @ 2",
};

/* What libpg_query makes of it when nobody grafts. */
static void check_text(const char *text)
{
    struct arena arena;
    PgQueryProtobufParseResult packed = pg_query_parse_protobuf(text);
    PgQueryProtobufParseResult grafted;
    const PgQuery__ParseResult *tree;
    size_t n;
    uint8_t *bytes;

    arena_init(&arena, 0);
    graft_begin(&arena);
    grafted = pg_query_parse_protobuf(text);
    tree = graft_end();
    assert_null(packed.error);
    assert_non_null(tree);
    assert_int_equal(grafted.parse_tree.len, 0);
    pg_query_free_protobuf_parse_result(grafted);
    n = protobuf_c_message_get_packed_size(&tree->base);
    assert_int_equal(n, packed.parse_tree.len);
    bytes = arena_alloc(&arena, n + 1);
    assert_int_equal(protobuf_c_message_pack(&tree->base, bytes), n);
    assert_memory_equal(bytes, packed.parse_tree.data, n);
    pg_query_free_protobuf_parse_result(packed);
    arena_release(&arena);
}

static void is_what_would_be_packed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        check_text(texts[i]);
}

static void gives_no_statement_for_an_error(void **state)
{
    struct arena arena;
    PgQueryProtobufParseResult r;

    (void)state;
    arena_init(&arena, 0);
    graft_begin(&arena);
    r = pg_query_parse_protobuf("select from where");
    const PgQuery__ParseResult *tree = graft_end();

    /* It packs an empty tree then, or none. */
    assert_non_null(r.error);
    assert_true(!tree || tree->n_stmts == 0);
    pg_query_free_protobuf_parse_result(r);
    assert_null(graft_end());
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_what_would_be_packed),
        cmocka_unit_test(gives_no_statement_for_an_error),
    };
    int failed = cmocka_run_group_tests_name("sql/graft", tests, NULL, NULL);

    pg_query_exit();
    return failed;
}
