/*
 * canon_test.c - which expressions are one and the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "sql/canon.h"
#include "sql/parse.h"

static struct tl_str canon_of(const char *sql, struct arena *arena)
{
    struct parse_result parsed;
    struct tl_str text = tl_str_c(sql);

    parse_expression(text, arena, &parsed);
    if (!parsed.ok)
        fail_msg("does not parse: %s: %.*s", sql, TL_FMT(parsed.message));
    return canon_expression(&parsed.tree, parsed.tree.nodes, text, arena);
}

struct pair {
    const char *a;
    const char *b;
};

static void check_pairs(const struct pair *pairs, size_t n, bool equal)
{
    size_t wrong = 0;

    for (size_t i = 0; i < n; i++) {
        struct arena arena;

        arena_init(&arena, 0);

        struct tl_str a = canon_of(pairs[i].a, &arena);
        struct tl_str b = canon_of(pairs[i].b, &arena);

        if (tl_str_eq(a, b) != equal) {
            wrong++;
            print_error("%s / %s\n  %.*s\n  %.*s\n", pairs[i].a, pairs[i].b,
                        TL_FMT(a), TL_FMT(b));
        }
        arena_release(&arena);
    }
    assert_int_equal(wrong, 0);
}

static void test_equal(void **state)
{
    static const struct pair pairs[] = {
        {"status = 'pending'", "((status)::text = 'pending'::text)"},
        {"lower(email)", "LOWER((t.email)::text)"},
        {"a=1", "( 1 = A )"},
        {"5 < x", "x > 5"},
        {"$1 >= x", "x <= $1"},
        {"a != 1", "a <> 1"},
        {"a in (1, 2)", "(a = ANY ('{1,2}'::integer[]))"},
        {"a in ('x', 'y')", "a = ANY ((ARRAY['x'::character varying, "
                            "'y'::character varying])::text[])"},
        {"a in ('x')", "a = 'x'"},
        {"a not in (1, 2)", "a <> ALL (ARRAY[1, 2])"},
        {"a in ('x, y', 'z')", "a = any ('{\"x, y\",z}'::text[])"},
        {"a between 1 and 2", "((a >= 1) AND (a <= 2))"},
        {"a not between 1 and 2", "((a < 1) OR (a > 2))"},
        {"name like 'x%'", "((name)::text ~~ 'x%'::text)"},
        {"name not ilike 'x%'", "(name !~~* 'x%'::text)"},
        {"a = -1", "(a = '-1'::integer)"},
        {"a and (b and c)", "a AND b AND c"},
        {"a or (b or c)", "(a OR b) OR c"},
        {"active = true", "active = 't'::bool"},
        {"a isnull", "(a IS NULL)"},
        {"a notnull", "a is not null"},
        {"(a + 1) * 2", "((t.a + 1) * 2)"},
        {"a || b || c", "((a || b) || c)"},
        {"cast(a as int)", "a::integer"},
        {"a at time zone 'UTC'", "timezone('UTC'::text, a)"},
        {"pg_catalog.lower(a)", "lower(a)"},
        {"created_at::date", "(created_at)::date"},
        {"created_at > '2020-01-01'", "(created_at > '2020-01-01'::date)"},
        {"coalesce(a, 0)", "COALESCE(a, (0))"},
        {"a -> 'x' ->> 'y'", "((a -> 'x'::text) ->> 'y'::text)"},
        {"case when a then 1 else 2 end", "CASE WHEN a THEN 1 ELSE 2 END"},
        {"a is not true", "(t.a IS NOT TRUE)"},
        {"extract(year from a)", "EXTRACT(YEAR FROM (a))"},
        {"\"a\"", "A"},
        {"not (a = 1)", "NOT a = 1"},
        {"a is distinct from null", "(a IS DISTINCT FROM NULL)"},
        {"(x).y[1]", "((x).y)[1]"},
        {"current_timestamp", "CURRENT_TIMESTAMP"},
        {"sum(a) filter (where b)", "SUM ( a )  FILTER (WHERE b)"},
        {"a collate \"C\"", "(a COLLATE \"C\")"},
        {"deleted_at is null", "(t1.deleted_at IS NULL)"},
        {"a = '1'::int", "a = 1"},
        {"(a)::varchar = 'x'", "a = 'x'"},
    };

    (void)state;
    check_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]), true);
}

static void test_unequal(void **state)
{
    static const struct pair pairs[] = {
        {"a = 1", "a = 2"},
        {"a = 1", "b = 1"},
        {"a", "\"A\""},
        {"a < 1", "1 < a"},
        {"a - b", "b - a"},
        {"(a - b) - c", "a - (b - c)"},
        {"a + b * c", "(a + b) * c"},
        {"lower(a)", "upper(a)"},
        {"a::date", "a"},
        {"a::numeric(3,1)", "a::numeric(4,1)"},
        {"a::int", "a::bigint"},
        {"a in (1, 2)", "a in (1, 2, 3)"},
        {"a in (1, 2)", "a not in (1, 2)"},
        {"a and b or c", "a and (b or c)"},
        {"not (a and b)", "not a and b"},
        {"a is null", "a is not null"},
        {"a = '1'", "a = 1"},
        {"a like 'x'", "a ilike 'x'"},
        {"s1.f(a)", "s2.f(a)"},
        {"a is true", "a is not false"},
        {"count(*)", "count(a)"},
        {"count(distinct a)", "count(a)"},
        {"coalesce(a, b)", "coalesce(b, a)"},
        {"'{1,2}'", "array[1, 2]"},
        {"f(variadic a)", "f(a)"},
        {"b'1'", "x'1'"},
        {"'a''b'", "'ab'"},
        {"(a = b) = c", "a = (b = c)"},
        {"(a).b", "a.b"},
        {"- (a + b)", "- a + b"},
    };

    (void)state;
    check_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]), false);
}

static void check_text(const char *sql, const char *expected)
{
    struct arena arena;

    arena_init(&arena, 0);

    struct tl_str got = canon_of(sql, &arena);

    if (!tl_str_is(got, expected))
        fail_msg("%s gives %.*s", sql, TL_FMT(got));
    arena_release(&arena);
}

static void test_text(void **state)
{
    (void)state;
    check_text("(T.A + (1)) * 2", "(a + 1) * 2");
    check_text("((a AND ((b))))", "a and b");
    check_text("a::character varying(20)[]", "a::varchar(20)[]");
    check_text("\"Order\"", "\"Order\"");
    check_text("\"order\"", "\"order\"");
    check_text("exists (SELECT  1)", "exists ( select 1 )");
    check_text("NOT (a OR b)", "not (a or b)");
    check_text("a IN (1,2) IS NULL", "a = any (array[1, 2]) is null");
}

/* The depth is bounded, and what is deeper still has a text. */
static void test_deep(void **state)
{
    struct arena arena;
    struct buf sql;

    (void)state;
    arena_init(&arena, 0);
    buf_init(&sql, 0);
    buf_puts(&sql, "a");
    for (int i = 0; i < 500; i++)
        buf_puts(&sql, "  ||  A");

    struct tl_str text = canon_of(sql.p, &arena);

    assert_int_equal(text.n, 1 + 500 * 5);
    buf_release(&sql);
    arena_release(&arena);
}

/* A canonical text is an expression, and its own canonical text. */
static void test_stable(void **state)
{
    static const char *const expressions[] = {
        "a and b or not c and (d or e)",
        "not not a",
        "a - (b - c) - d",
        "- (- a)",
        "- a ^ 2 + (- b) ^ 2",
        "a * (b / c) % d",
        "a || (b || c)",
        "(a, b) = (1, 2)",
        "(a, b) < row (c, d)",
        "a in (select b from t)",
        "(select max(x) from t) > 1",
        "a = all (select 1)",
        "array(select a from t)",
        "a[1]",
        "a[1:2][:3]",
        "(f(x)).y",
        "(a).b.c",
        "((a).b[1]).c[2]",
        "($1)[1]",
        "(a[1]).b",
        "t.*",
        "count(*)",
        "sum(distinct a order by b desc nulls last) filter (where c)",
        "rank() over (partition by a order by b)",
        "percentile_cont(0.5) within group (order by a)",
        "case a when 1 then 2 when 3 then 4 end",
        "case when a is null then b is not null else c in (1, 2) end",
        "coalesce(nullif(a, ''), greatest(b, c), least(1, d))",
        "a::int[] @> array[1, 2]",
        "a::timestamp with time zone at time zone 'UTC'",
        "interval '1' day",
        "date '2020-01-01' + interval '3 days'",
        "a similar to 'x' escape 'y'",
        "a like 'x\\%' escape '!'",
        "a is not distinct from b",
        "a is unknown or b is not unknown",
        "a between symmetric 1 and 2",
        "overlaps(a, b)",
        "(a, b) overlaps (c, d)",
        "extract(epoch from now() - a)",
        "substring(a from 1 for 2)",
        "position('x' in a)",
        "trim(both 'x' from a)",
        "overlay(a placing 'x' from 1)",
        "a operator(pg_catalog.+) b",
        "a @@ to_tsquery('x')",
        "a ->> 'it''s' = E'\\t'",
        "U&'d\\0061t' = a",
        "b'101' | x'1F'::bit(8)",
        "\"A b\".\"select\" = \"User\"",
        "f(a => 1, b := 2)",
        "current_date > a and localtime(3) = b",
        "session_user = current_user",
        "xmlelement(name foo, a)",
        "grouping(a, b)",
        "a = any ($1)",
        "$1::text = 'x'",
        "1.50 = 1.5e3",
        "true and false is true",
        "a collate \"de-x\".\"C\" < b",
        "(a = 1) is true",
        "(a is null) = b",
        "(not a) = b",
        "(a < b) is null",
        "a = (b is null)",
        "(a, b) in ((1, 2), (3, 4))",
        "a <> any (array['x', 'y'])",
        "(- 1)::text",
        "(a + b)::text || c",
        "(a::text).b",
        "(array[1, 2])[1]",
        "(case when a then b end).c",
        "(a collate \"C\") || b",
        "(a at time zone 'x') at time zone 'y'",
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(expressions) / sizeof(expressions[0]); i++) {
        struct arena arena;
        struct parse_result parsed;

        arena_init(&arena, 0);

        struct tl_str once = canon_of(expressions[i], &arena);

        parse_expression(once, &arena, &parsed);
        struct tl_str twice =
            parsed.ok ? canon_expression(&parsed.tree, parsed.tree.nodes, once,
                                         &arena)
                      : parsed.message;
        if (!tl_str_eq(once, twice)) {
            wrong++;
            print_error("%s\n  %.*s\n  %.*s\n", expressions[i], TL_FMT(once),
                        TL_FMT(twice));
        }
        arena_release(&arena);
    }
    assert_int_equal(wrong, 0);
}

static const PgQuery__TypeName *type_of(const char *sql, struct arena *arena)
{
    struct parse_result parsed;

    parse_expression(tl_str_c(sql), arena, &parsed);
    assert_true(parsed.ok);
    return TL_AS(TYPE_CAST, TypeCast, parsed.tree.nodes)->type_name;
}

static void test_types(void **state)
{
    struct arena arena;
    bool serial = true;

    (void)state;
    arena_init(&arena, 0);

    struct tl_type t =
        canon_type(type_of("a::numeric(10,2)[][]", &arena), &arena, &serial);

    assert_true(tl_str_is(t.name.name, "numeric"));
    assert_int_equal(t.name.schema.n, 0);
    assert_int_equal(t.n_mods, 2);
    assert_int_equal(t.mods[0], 10);
    assert_int_equal(t.mods[1], 2);
    assert_int_equal(t.dimensions, 2);
    assert_false(serial);
    t = canon_type(type_of("a::bigserial", &arena), &arena, &serial);
    assert_true(tl_str_is(t.name.name, "int8"));
    assert_true(serial);
    t = canon_type(type_of("a::s.mood", &arena), &arena, NULL);
    assert_true(tl_str_is(t.name.schema, "s"));
    t = canon_type(type_of("a::char", &arena), &arena, NULL);
    assert_true(tl_str_is(t.name.name, "bpchar"));
    assert_int_equal(t.mods[0], 1);
    t = canon_type(NULL, &arena, &serial);
    assert_int_equal(t.name.name.n, 0);
    arena_release(&arena);
}

static void check_quoted(const char *name, const char *expected)
{
    struct arena arena;

    arena_init(&arena, 0);
    assert_true(tl_str_is(canon_quoted(tl_str_c(name), &arena), expected));
    arena_release(&arena);
}

static void test_quoted(void **state)
{
    (void)state;
    check_quoted("orders", "orders");
    check_quoted("Orders", "\"Orders\"");
    check_quoted("all", "\"all\"");
    check_quoted("xmltable", "\"xmltable\"");
    check_quoted("user", "\"user\"");
    check_quoted("name", "name");
    check_quoted("a\"b", "\"a\"\"b\"");
    check_quoted("1a", "\"1a\"");
    check_quoted("a1$_", "a1$_");
    check_quoted("", "\"\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal),  cmocka_unit_test(test_unequal),
        cmocka_unit_test(test_text),   cmocka_unit_test(test_deep),
        cmocka_unit_test(test_types),  cmocka_unit_test(test_quoted),
        cmocka_unit_test(test_stable),
    };

    return cmocka_run_group_tests_name("canon", tests, NULL, NULL);
}
