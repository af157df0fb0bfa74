/*
 * scope_test.c - what the column names of a statement stand for.
 *
 * Each case marks one column with «»; the answer is written as
 * "origin table.column (alias)", a known column ending in its type, or "-".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lint/scope.h"
#include "schema/catalog.h"
#include "schema/decode.h"
#include "sql/parse.h"

static const char *const schema_sql[] = {
    "create table users (id int8 primary key, email text not null, name text)",
    ("create table orders (id int8 primary key, user_id int8, total numeric, "
     "status text)"),
    "create table app.items (id int8, order_id int8, sku text)",
};

static struct catalog *make_catalog(void)
{
    struct catalog *catalog = catalog_create();
    struct arena arena;

    arena_init(&arena, 0);
    for (uint32_t i = 0; i < sizeof(schema_sql) / sizeof(schema_sql[0]); i++) {
        struct tl_str text = tl_str_c(schema_sql[i]);
        struct parse_result parsed;
        struct op_list ops;

        parse_statement(text, &arena, &parsed, NULL);
        assert_true(parsed.ok);
        decode_statement(&parsed.tree, text, &arena, &ops);
        for (uint32_t k = 0; k < ops.n; k++)
            catalog_apply(catalog, &ops.ops[k],
                          &(struct apply_context){i + 1, 0, i + 1});
    }
    arena_release(&arena);
    return catalog;
}

struct scope_case {
    const char *sql;
    const char *answer;
};

static const struct scope_case cases[] = {
    {"select «id» from users", "table users.id (users) int8"},
    {"with c as (insert into users values (1) returning id, email as e) "
     "select «e» from c",
     "cte .e (c) text"},
    {"with c as (update users set name = 'x' returning id::text) "
     "select «c.id» from c",
     "cte .id (c)"},
    {"with c as (delete from users returning lower(email)) "
     "select «lower» from c",
     "cte .lower (c)"},
    {"select «u.id» from users u", "table users.id (u) int8"},
    {"select «u.ID» from users as u", "table users.id (u) int8"},
    {"select «users.id» from users u", "-"},
    {"select «public.users.id» from users", "table users.id (users) int8"},
    {"select «app.items.sku» from app.items", "table items.sku (items) text"},
    {"select «x.items.sku» from app.items", "-"},
    {"select «nope» from users", "-"},
    {"select «u.nope» from users u", "table users.nope (u)"},
    {"select «a» from unseen", "table unseen.a (unseen)"},
    {"select «a» from unseen, unseen2", "-"},
    {"select «email» from users, unseen", "table users.email (users) text"},
    {"select «a» from users, unseen", "table unseen.a (unseen)"},
    {"select 1 from users u join orders o on o.user_id = «u.id»",
     "table users.id (u) int8"},
    {"select 1 from users join orders on «user_id» = 1",
     "table orders.user_id (orders) int8"},
    {"select «total» from users join orders using (id)",
     "table orders.total (orders) numeric"},
    {"select 1 from users u, (a x join b y on «q» = 1) where true", "-"},
    {"select 1 from users u where exists (select 1 from orders o where "
     "o.user_id = «u.id»)",
     "table users.id (u) int8"},
    {"select 1 from users where exists (select 1 from orders where user_id = "
     "«email»)",
     "table users.email (users) text"},
    {"select 1 from users where id in (select «user_id» from orders)",
     "table orders.user_id (orders) int8"},
    {"select 1 from users where id in (select «id» from orders)",
     "table orders.id (orders) int8"},
    {"select «s.x» from (select id as x from users) s", "subquery .x (s) int8"},
    {"select «id» from (select * from users) s", "subquery .id (s) int8"},
    {"select «n» from (select count(*) as n from users) s", "subquery .n (s)"},
    {"select «n» from (select id, name from users) s (i, n)",
     "subquery .n (s) text"},
    {"select «zip» from (select id from users) s", "-"},
    {"with c as (select id, email as e from users) select «e» from c",
     "cte .e (c) text"},
    {"with c (a, b) as (select id, email from users) select «k.b» from c k",
     "cte .b (k) text"},
    {"with users as (select 1 as one) select «one» from users",
     "cte .one (users)"},
    {"with users as (select 1 as one) select «id» from public.users",
     "table users.id (users) int8"},
    {"with users as (select «email» from users) select 1",
     "table users.email (users) text"},
    {"with recursive t as (select id from users union all select «id» from t) "
     "select 1",
     "cte .id (t)"},
    {"with a as (select id from users), b as (select «id» from a) select 1",
     "cte .id (a) int8"},
    {"with d as (delete from orders returning user_id) select «user_id» from "
     "d",
     "cte .user_id (d) int8"},
    {"select 1 from users u, lateral (select 1 from orders o where o.user_id "
     "= «u.id») s",
     "table users.id (u) int8"},
    {"select 1 from users u, (select 1 from orders o where o.user_id = "
     "«u.id») s",
     "-"},
    {"select 1 from users u, lateral (select «total» as t from orders) s",
     "table orders.total (orders) numeric"},
    {"select 1 from users u, unnest(«u.name») n", "table users.name (u) text"},
    {"select «g» from generate_series(1, 2) g", "function .g (g)"},
    {"select «i» from generate_series(1, 2) g (i)", "function .i (g)"},
    {"select «x.b» from (values (1, 2)) x (a, b)", "subquery .b (x)"},
    {"update users set name = «email» where id = 1",
     "table users.email (users) text"},
    {"update users u set name = o.status from orders o where «o.user_id» = "
     "u.id",
     "table orders.user_id (o) int8"},
    {"delete from orders using users u where user_id = «u.id»",
     "table users.id (u) int8"},
    {"delete from orders where «status» = 'x' returning id",
     "table orders.status (orders) text"},
    {"insert into users (id) select «user_id» from orders",
     "table orders.user_id (orders) int8"},
    {"insert into users (id) select 1 returning «email»",
     "table users.email (users) text"},
    {"insert into users (id) values (1) on conflict (id) do update set name = "
     "«excluded.name»",
     "table users.name (users) text"},
    {"merge into users u using orders o on «u.id» = o.user_id when matched "
     "then delete",
     "table users.id (u) int8"},
    {"select email as e from users order by «e»",
     "table users.email (users) text"},
    {"select count(*) as n from users order by «n»", "-"},
    {"select «u» from users u", "-"},
    {"select «a» from users as u (a)", "table users.id (u) int8"},
    {"select «new.id» from users", "-"},
    {"select «ctid» from users", "table users.ctid (users)"},
    {"create index on users (lower(«email»))",
     "table users.email (users) text"},
    {"select 1 from users tablesample system (1) where «id» = 1",
     "table users.id (users) int8"},
    {"select 1 from users u left join lateral (select 1 from orders where "
     "user_id = «u.id») s on true",
     "table users.id (u) int8"},
    {"select (select «name» from orders limit 1) from users",
     "table users.name (users) text"},
};

static const char *origin_word(enum tl_origin origin)
{
    switch (origin) {
    case TL_FROM_TABLE:
        return "table";
    case TL_FROM_CTE:
        return "cte";
    case TL_FROM_SUBQUERY:
        return "subquery";
    case TL_FROM_FUNCTION:
        return "function";
    default:
        return "unknown";
    }
}

static void answer(struct scope *scope, const struct tl_tree *tree, size_t at,
                   struct buf *out)
{
    TL_EACH(tree, tree->nodes, TL_KIND(COLUMN_REF), it) {
        struct tl_column_ref ref;

        if (it->location != (int32_t)at)
            continue;
        if (!scope_resolve(scope, it, &ref)) {
            buf_puts(out, "-");
            return;
        }
        buf_printf(out, "%s %.*s.%.*s (%.*s)", origin_word(ref.origin),
                   TL_FMT(ref.table.name), TL_FMT(ref.column),
                   TL_FMT(ref.alias));
        if (ref.definition)
            buf_printf(out, " %.*s", TL_FMT(ref.definition->type.name.name));
        return;
    }
    buf_puts(out, "no such column reference");
}

static bool run_case(const struct catalog *catalog, const struct scope_case *k)
{
    struct arena arena;
    struct buf sql;
    struct buf got;
    struct parse_result parsed;
    const char *open = strstr(k->sql, "\xc2\xab");
    const char *close = strstr(k->sql, "\xc2\xbb");

    arena_init(&arena, 0);
    buf_init(&sql, 0);
    buf_init(&got, 0);
    if (open && close) {
        buf_add(&sql, k->sql, (size_t)(open - k->sql));
        buf_add(&sql, open + 2, (size_t)(close - open) - 2);
        buf_puts(&sql, close + 2);
    }
    parse_statement(buf_view(&sql), &arena, &parsed, NULL);
    if (open && parsed.ok)
        answer(scope_create(&parsed.tree, catalog_at(catalog, 100), &arena),
               &parsed.tree, (size_t)(open - k->sql), &got);

    bool right = tl_str_is(buf_view(&got), k->answer);

    if (!right)
        print_error("%s\n  expected %s\n  got      %.*s\n", k->sql, k->answer,
                    TL_FMT(buf_view(&got)));
    buf_release(&got);
    buf_release(&sql);
    arena_release(&arena);
    return right;
}

static void test_table(void **state)
{
    struct catalog *catalog = make_catalog();
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        wrong += !run_case(catalog, &cases[i]);
    catalog_destroy(catalog);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
    };

    return cmocka_run_group_tests_name("scope", tests, NULL, NULL);
}
