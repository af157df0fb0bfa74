/*
 * predicate_test.c - the predicates of a statement, case by case.
 *
 * Each predicate is written "clause conjunct side op value" with the marks
 * ! negated, | under OR, and behind it the wrap, k: the value is constant,
 * c: the value is a column of another relation. A line for each, joined by
 * "; ".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "lint/predicate.h"
#include "schema/catalog.h"
#include "sql/canon.h"
#include "sql/parse.h"

#include <time.h>

struct predicate_case {
    const char *filter; /* behind "select 1 from t where " unless a query */
    const char *answer;
};

static const struct predicate_case cases[] = {
    {"a = 1", "w0 a = 1 k"},
    {"1 = a", "w0 a = 1 k"},
    {"5 < a", "w0 a > 5 k"},
    {"5 >= a", "w0 a <= 5 k"},
    {"a <> 1", "w0 !a <> 1 k"},
    {"not a = 1", "w0 !a = 1 k"},
    {"not a <> 1", "w0 a <> 1 k"},
    {"a = 1 and b = 2", "w0 a = 1 k; w1 b = 2 k"},
    {"a = 1 or b = 2", "w0 |a = 1 k; w0 |b = 2 k"},
    {"not (a = 1 and b = 2)", "w0 !|a = 1 k; w0 !|b = 2 k"},
    {"not (a = 1 or b = 2)", "w0 !a = 1 k; w0 !b = 2 k"},
    {"a in (1, 2)", "w0 a in (1, 2) k"},
    {"a not in (1, 2)", "w0 !a in (1, 2) k"},
    {"a = any ($1)", "w0 a any $1 k"},
    {"a <> all ($1)", "w0 !a <> all $1 k"},
    {"a like any ($1)", "w0 a ~~ any $1 k"},
    {"1 = any (a)", "w0 a any 1 k"},
    {"a like 'x%'", "w0 a ~~ 'x%' k"},
    {"a not ilike 'x%'", "w0 !a !~~* 'x%' k"},
    {"a between 1 and 2", "w0 a between (1, 2) k"},
    {"a not between 1 and 2", "w0 !a between (1, 2) k"},
    {"a between symmetric 2 and 1", "w0 a between symmetric (2, 1) k"},
    {"a not between symmetric 2 and 1", "w0 !a between symmetric (2, 1) k"},
    {"now() between a and b", "w0 a <= now() k; w0 b >= now() k"},
    {"5 in (a, b)", "w0 |a = 5 k; w0 |b = 5 k"},
    {"a is null", "w0 a is null k"},
    {"a is not null", "w0 !a is not null k"},
    {"a is distinct from 1", "w0 !a is distinct from 1 k"},
    {"a is not distinct from 1", "w0 a is not distinct from 1 k"},
    {"a is not true", "w0 !a is not true k"},
    {"a is true", "w0 a is true k"},
    {"a is false", "w0 a is false k"},
    {"a is not false", "w0 !a is not false k"},
    {"a is unknown", "w0 a is unknown k"},
    {"a is not unknown", "w0 !a is not unknown k"},
    {"a", "w0 a is true k"},
    {"not a", "w0 !a is true k"},
    {"a in (select b from u)", "w0 a in SUB k"},
    {"a not in (select b from u)", "w0 !a in SUB k"},
    {"a = any (select b from u)", "w0 a any SUB k"},
    {"a > all (select b from u)", "w0 a > all SUB k"},
    {"a = (select max(b) from u)", "w0 a = SUB k"},
    {"a = (select b from u where u.c = t.d)",
     "w0 a = SUB; w1 u.c = t.d kc; w1 t.d = u.c kc"},
    {"exists (select 1 from u where u.c = t.d)",
     "w1 u.c = t.d kc; w1 t.d = u.c kc"},
    {"a::date = '2020-01-01'", "w0 a::date = '2020-01-01' cast k"},
    {"lower(a) = 'x'", "w0 lower(a) = 'x' function k"},
    {"coalesce(a, 0) = 1", "w0 coalesce(a, 0) = 1 function k"},
    {"nullif(a, 0) = 1", "w0 nullif(a, 0) = 1 function k"},
    {"nullif(a, b)", ""},
    {"a + 1 > 2", "w0 a + 1 > 2 arithmetic k"},
    {"- a > 2", "w0 -a > 2 arithmetic k"},
    {"a || 'x' = 'y'", "w0 a || 'x' = 'y' arithmetic k"},
    {"a at time zone 'UTC' > $1", "w0 timezone('UTC', a) > $1 time_zone k"},
    {"a ->> 'x' = '1'", "w0 a ->> 'x' = '1' other k"},
    {"case when a then 1 end = 1", "w0 case when a then 1 end = 1 other k"},
    {"(a, b) = (1, 2)", "w0 a = 1 k; w0 b = 2 k"},
    {"(a, b) > (1, 2)", "w0 row(a, b) > row(1, 2) other k"},
    {"a @> '{}'", "w0 a @> '{}' k"},
    {"'{}' <@ a", "w0 a @> '{}' k"},
    {"a = b", "w0 a = b"},
    {"a > b + 1", "w0 a > b + 1"},
    {"1 = 1", ""},
    {"a = lower($1)", "w0 a = lower($1) k"},
    {"f(a)", ""},
    {"a < b and (b = 1 or a = 2) and a = 3",
     "w0 a < b; w1 |b = 1 k; w1 |a = 2 k; w2 a = 3 k"},
    {"select 1 from t join u on t.a = u.b where t.c = 1",
     "j0 t.a = u.b kc; j0 u.b = t.a kc; w1 t.c = 1 k"},
    {"select 1 from t join u on lower(t.a) = u.b",
     "j0 lower(a) = u.b function kc; j0 u.b = lower(a) k"},
    {"select a, count(*) from t group by a having count(b) > 1 and a > 2",
     "h1 a > 2 k"},
    {"update t set a = 1 where b = 2", "w0 b = 2 k"},
    {"update t set a = 1 from u where t.b = u.b",
     "w0 t.b = u.b kc; w0 u.b = t.b kc"},
    {"delete from t where b < now()", "w0 b < now() k"},
    {"merge into t using u on t.a = u.a when matched then delete",
     "j0 t.a = u.a kc; j0 u.a = t.a kc"},
    {"insert into u select 1 from t where a = 1", "w0 a = 1 k"},
    {"select 1 from t where a = 1 union select 2 from u where b = 2",
     "w0 a = 1 k; w1 b = 2 k"},
    {"with c as (select x from u where y = 1) select 1 from c where x = 2",
     "w0 x = 2 k; w1 y = 1 k"},
};

static const char *wrap_word(enum tl_wrap wrap)
{
    static const char *const words[] = {
        "", " cast", " function", " arithmetic", " time_zone", " other"};

    return words[wrap];
}

static void write_node(struct buf *out, const struct tl_tree *tree,
                       const struct tl_node *n, struct tl_str text,
                       struct arena *arena, bool qualified)
{
    if (n->kind == TL_KIND(SUB_LINK)) {
        buf_puts(out, "SUB");
        return;
    }
    /* Canonical texts drop qualifiers; a plain one is worth reading. */
    if (qualified && n->kind == TL_KIND(COLUMN_REF)) {
        const PgQuery__ColumnRef *ref = TL_AS(COLUMN_REF, ColumnRef, n);

        for (size_t i = 0; i < ref->n_fields; i++)
            buf_printf(out, "%s%s", i ? "." : "", ref->fields[i]->string->sval);
        return;
    }
    buf_str(out, canon_expression(tree, n, text, arena));
}

static void write_predicate(struct buf *out, const struct tl_tree *tree,
                            const struct tl_predicate *p, struct tl_str text,
                            struct arena *arena)
{
    static const char clauses[] = "wjh";

    buf_printf(out, "%s%c%u %s%s", out->n ? "; " : "", clauses[p->clause],
               p->conjunct, p->negated ? "!" : "", p->under_or ? "|" : "");
    write_node(out, tree, p->side, text, arena, true);
    buf_printf(out, " %.*s", TL_FMT(p->op));
    if (p->value) {
        buf_char(out, ' ');
        write_node(out, tree, p->value, text, arena, true);
    }
    buf_puts(out, wrap_word(p->wrap));
    if (p->value_is_constant || p->value_is_column)
        buf_printf(out, " %s%s", p->value_is_constant ? "k" : "",
                   p->value_is_column ? "c" : "");
}

static bool is_query(const char *sql)
{
    static const char *const words[] = {"select ", "update ", "delete ",
                                        "merge ",  "insert ", "with "};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strncmp(sql, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static bool run_case(const struct catalog *catalog,
                     const struct predicate_case *k)
{
    struct arena arena;
    struct buf got;
    struct parse_result parsed;

    arena_init(&arena, 0);
    buf_init(&got, 0);

    struct tl_str sql =
        is_query(k->filter)
            ? tl_str_c(k->filter)
            : arena_printf(&arena, "select 1 from t where %s", k->filter);

    parse_statement(sql, &arena, &parsed, NULL);
    if (parsed.ok) {
        struct scope *scope =
            scope_create(&parsed.tree, catalog_at(catalog, 1), &arena);
        uint32_t n;
        const struct tl_predicate *p = predicate_list(scope, false, &arena, &n);

        for (uint32_t i = 0; i < n; i++)
            write_predicate(&got, &parsed.tree, &p[i], sql, &arena);
    } else {
        buf_puts(&got, "does not parse");
    }

    bool right = tl_str_is(buf_view(&got), k->answer);

    if (!right)
        print_error("%s\n  expected %s\n  got      %.*s\n", k->filter,
                    k->answer, TL_FMT(buf_view(&got)));
    buf_release(&got);
    arena_release(&arena);
    return right;
}

static void test_table(void **state)
{
    struct catalog *catalog = catalog_create();
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        wrong += !run_case(catalog, &cases[i]);
    catalog_destroy(catalog);
    assert_int_equal(wrong, 0);
}

/* Ten thousand terms are ten thousand predicates, soon. */
static void test_many_terms(void **state)
{
    enum { TERMS = 10000 };
    struct catalog *catalog = catalog_create();
    struct arena arena;
    struct buf sql;
    struct parse_result parsed;
    uint32_t n = 0;

    (void)state;
    arena_init(&arena, 0);
    buf_init(&sql, 0);
    buf_puts(&sql, "select 1 from t where a = 0");
    for (int i = 1; i < TERMS; i++)
        buf_printf(&sql, " or a = %d", i);
    parse_statement(buf_view(&sql), &arena, &parsed, NULL);
    assert_true(parsed.ok);

    clock_t begun = clock();

    (void)predicate_list(
        scope_create(&parsed.tree, catalog_at(catalog, 1), &arena), false,
        &arena, &n);
    assert_int_equal(n, TERMS);
    assert_true(clock() - begun < 2 * CLOCKS_PER_SEC);
    buf_release(&sql);
    arena_release(&arena);
    catalog_destroy(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_many_terms),
    };

    return cmocka_run_group_tests_name("predicate", tests, NULL, NULL);
}
