/*
 * tree_region_test.c - the region table, case by case.
 *
 * Each case is a statement with its region marked by « and », a kind, and the
 * number of the node among those of its kind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "sql/parse.h"
#include "sql/tree.h"

#include <stdio.h>

#include <cmocka.h>

struct region_case {
    uint16_t kind;
    uint32_t number;
    const char *sql;
};

#define OPEN "\xc2\xab"
#define CLOSE "\xc2\xbb"
#define CASE(kind, number, sql)                                                \
    {                                                                          \
        TL_KIND(kind), (number), (sql)                                         \
    }

static const struct region_case cases[] = {
    CASE(COLUMN_REF, 0, "select «a» from t"),
    CASE(COLUMN_REF, 0, "select «s.t.a» , b from t"),
    CASE(COLUMN_REF, 0, "select «t.*» from t"),
    CASE(COLUMN_REF, 0, "select «*» from t"),
    CASE(COLUMN_REF, 1, "select a, «t . \"B c\"» from t"),
    CASE(A_STAR, 0, "select «*» from t"),
    CASE(STRING, 0, "select «t.a» from t"),
    CASE(RANGE_VAR, 0, "select 1 from «s.orders» o"),
    CASE(RANGE_VAR, 0, "select 1 from only «s . orders» as o where 1 = 1"),
    CASE(RANGE_VAR, 1, "select 1 from a x join «b» y on x.i = y.i"),
    CASE(RANGE_VAR, 0, "update «t» set a = 1"),
    CASE(ALIAS, 0, "select 1 from s.orders «as o (a, b)» where a = 1"),
    CASE(A_CONST, 0, "select «-1»"),
    CASE(A_CONST, 0, "select a from t where b = «'it''s'»"),
    CASE(PARAM_REF, 0, "select a from t where b = «$1» "),
    CASE(A_EXPR, 0, "select 1 from t where «a = 1»"),
    CASE(A_EXPR, 0, "select 1 from t where («a = 1»)"),
    CASE(A_EXPR, 1, "select 1 from t where «(a + 1) * (b - 2)» > 3 or c"),
    CASE(A_EXPR, 1, "select 1 from t where ((«a + 1») = 2)"),
    CASE(A_EXPR, 0, "select 1 from t where «a in (1, 2)» and b"),
    CASE(A_EXPR, 0, "select 1 from t where «a not in (1, (2))»"),
    CASE(A_EXPR, 0, "select 1 from t where «a between 1 and (2)» and b"),
    CASE(A_EXPR, 0, "select 1 from t where «a like 'x%' escape '!'»"),
    CASE(A_EXPR, 0, "select 1 from t where «a = any (array[1, 2])»"),
    CASE(A_EXPR, 0, "select «nullif(a, b)» from t"),
    CASE(A_EXPR, 0, "select «- a» from t"),
    CASE(A_EXPR, 0, "select «a is not distinct from (b)» from t"),
    CASE(BOOL_EXPR, 0, "select 1 from t where «a and (b or c)»"),
    CASE(BOOL_EXPR, 1, "select 1 from t where a and («b or c»)"),
    CASE(BOOL_EXPR, 0, "select 1 from t where «not (a)» "),
    CASE(NULL_TEST, 0, "select 1 from t where «a is not null» and b"),
    CASE(NULL_TEST, 0, "select 1 from t where «a isnull»"),
    CASE(BOOLEAN_TEST, 0, "select 1 from t where «(a) is not true»"),
    CASE(FUNC_CALL, 0, "select «lower(a)» x from t"),
    CASE(FUNC_CALL, 0, "select «pg_catalog.now()»"),
    CASE(FUNC_CALL, 0, "select «count(*) filter (where a > 1)» c from t"),
    CASE(FUNC_CALL, 0, "select «sum(a) over (partition by b)» + 1 from t"),
    CASE(FUNC_CALL, 0, "select «sum(a) over w» from t window w as ()"),
    CASE(FUNC_CALL, 0,
         "select «percentile_cont(0.5) within group (order by "
         "a)» from t"),
    CASE(FUNC_CALL, 0, "select «extract(year from a)» from t"),
    CASE(FUNC_CALL, 0, "select «a at time zone 'UTC'» from t"),
    CASE(FUNC_CALL, 0, "select 1 from t where «(a, b) overlaps (c, d)»"),
    CASE(COALESCE_EXPR, 0, "select «coalesce(a, (0))» + 1 from t"),
    CASE(MIN_MAX_EXPR, 0, "select «greatest(a, 1)» from t"),
    CASE(SQLVALUE_FUNCTION, 0, "select «current_timestamp(3)»"),
    CASE(TYPE_CAST, 0, "select «a::numeric(10, 2)[]» from t"),
    CASE(TYPE_CAST, 0, "select «cast(a as int)» from t"),
    CASE(TYPE_CAST, 0, "select «(a || b)::text» from t"),
    CASE(TYPE_CAST, 0, "select 1 from t where a > «date '2020-01-01'»"),
    CASE(TYPE_CAST, 0, "select «interval '1' day to second (3)», b"),
    CASE(A_CONST, 0, "select «true»"),
    CASE(TYPE_NAME, 0, "create table t (a «character varying (20)» not null)"),
    CASE(TYPE_NAME, 0,
         "create table t (a «timestamp (3) with time zone», b "
         "int)"),
    CASE(TYPE_NAME, 0, "create table t (a «double precision»)"),
    CASE(TYPE_NAME, 0, "create table t (a «s.mood[][3]» default null)"),
    CASE(TYPE_NAME, 0, "alter table t alter a type «bigint» using a::int8"),
    CASE(SUB_LINK, 0, "select 1 from t where «exists (select 1 from u)»"),
    CASE(SUB_LINK, 0, "select 1 from t where a = «(select max(b) from u)»"),
    CASE(SUB_LINK, 0, "select 1 from t where «a in (select b from u)» or c"),
    CASE(SUB_LINK, 0, "select 1 from t where «(a) not in (select b from u)»"),
    CASE(BOOL_EXPR, 0, "select 1 from t where «a not in (select b from u)»"),
    CASE(SUB_LINK, 0, "select 1 from t where «a = any (select b from u)»"),
    CASE(SUB_LINK, 0, "select «array(select 1)» from t"),
    CASE(SUB_LINK, 0, "select 1 from t where not «exists (select)» "),
    CASE(SELECT_STMT, 1,
         "select 1 from t where a in («select b from u limit "
         "1»)"),
    CASE(SELECT_STMT, 1, "«select 1» union all select 2"),
    CASE(SELECT_STMT, 2, "select 1 union all «select 2 from t where a»"),
    CASE(CASE_EXPR, 0,
         "select «case a when 1 then case when b then 2 end else "
         "3 end» x from t"),
    CASE(CASE_WHEN, 0, "select case «when a then (1)» else 2 end from t"),
    CASE(A_ARRAY_EXPR, 0, "select «array[[1], [2]]»"),
    CASE(A_ARRAY_EXPR, 1, "select array[«[1]», [2]]"),
    CASE(ROW_EXPR, 0, "select «row(1, 2)»"),
    CASE(ROW_EXPR, 0, "select 1 from t where «(a, b)» = (1, 2)"),
    CASE(A_INDIRECTION, 0, "select «(f(a)).b[1]» from t"),
    CASE(A_INDIRECTION, 0, "select «a[1:2]» from t"),
    CASE(COLLATE_CLAUSE, 0, "select «a collate \"C\"» from t"),
    CASE(COLUMN_DEF, 1,
         "create table t (a int, «b numeric(3, 1) default (1) "
         "not null», c int)"),
    CASE(COLUMN_DEF, 0, "alter table t add column «a int not null», add b int"),
    CASE(CONSTRAINT, 0, "create table t (a int «not null» default 1)"),
    CASE(CONSTRAINT, 1, "create table t (a int not null «default 1 + (2)»)"),
    CASE(CONSTRAINT, 0,
         "create table t (a int «constraint x check (a > 1)» "
         "unique, b int)"),
    CASE(CONSTRAINT, 0,
         "create table t (a int, «constraint k primary key (a, "
         "b)»)"),
    CASE(CONSTRAINT, 0,
         "alter table t add «foreign key (a) references u (b) "
         "on delete cascade not valid»;"),
    CASE(INDEX_ELEM, 0, "create index on s.t («a desc», b)"),
    CASE(INDEX_ELEM, 1, "create index i on t using gin (a, «(b -> 'x') ops»)"),
    CASE(INDEX_ELEM, 0, "create index i on t («lower(a)»)"),
    CASE(INDEX_ELEM, 3, "create index i on t (a, b) include (c, «d»)"),
    CASE(RES_TARGET, 0, "select «a + 1 as b», c from t"),
    CASE(RES_TARGET, 0, "select «(a) b» from t"),
    CASE(RES_TARGET, 1, "update t set a = 1, «b = (c + 1)» where d"),
    CASE(RES_TARGET, 1, "update t set a = 1 returning «a as x»"),
    CASE(RES_TARGET, 0,
         "insert into t values (1) on conflict (a) do update "
         "set «b = 2» where t.c"),
    CASE(INDEX_ELEM, 0,
         "insert into t values (1) on conflict («lower(a)») do "
         "nothing"),
    CASE(INDEX_ELEM, 0,
         "alter table t add constraint x exclude using gist "
         "(«a» with =, b with &&)"),
    CASE(RES_TARGET, 1, "insert into t (a, «b») values (1, 2)"),
    CASE(ALTER_TABLE_CMD, 0, "alter table s.t «add column a int», drop b"),
    CASE(ALTER_TABLE_CMD, 1,
         "alter table if exists only t add a numeric(3, "
         "1), «drop column b cascade»;"),
    CASE(ALTER_TABLE_CMD, 2,
         "alter table t add a int, add b int, «alter c set "
         "not null»"),
    CASE(ALTER_TABLE_CMD, 0, "alter table t * «add a int», drop b"),
    CASE(RANGE_TABLE_SAMPLE, 0,
         "select 1 from «t tablesample system (10)» where a"),
    CASE(RANGE_TABLE_SAMPLE, 0,
         "select 1 from «t tablesample bernoulli (10) repeatable (3)» where a"),
    CASE(GROUPING_SET, 0, "select 1 from t group by «rollup (a, b)», c"),
    CASE(GROUPING_SET, 0,
         "select 1 from t group by «grouping sets ((a), (b, c))»"),
    CASE(GROUPING_FUNC, 0,
         "select «grouping(a, b)» from t group by cube (a, b)"),
    CASE(MERGE_WHEN_CLAUSE, 0,
         "merge into t using u on t.a = u.a "
         "«when matched then update set b = 1» when not matched then do "
         "nothing"),
    CASE(FUNC_CALL, 0, "select 1 from t where «a is nfc normalized» and b"),
    CASE(FUNC_CALL, 0, "select «collation for (a)» from t"),
    CASE(RANGE_SUBSELECT, 0, "select 1 from t, «lateral (select 1) as x»"),
    CASE(RANGE_FUNCTION, 0, "select 1 from t, «lateral f(a) x» where a"),
    CASE(RANGE_FUNCTION, 0,
         "select 1 from «rows from (f(1), g(2)) as x (a, b)» where a"),
    CASE(RANGE_FUNCTION, 0, "select 1 from «f(1) with ordinality x»"),
    CASE(RANGE_FUNCTION, 0, "select 1 from «f(1) as (a int, b text)» where a"),
    CASE(JOIN_EXPR, 0, "select 1 from «a cross join lateral f(1) x» where b"),
    CASE(JOIN_EXPR, 0, "select 1 from «a join b using (i) as j» where c"),
    CASE(JOIN_EXPR, 0, "select 1 from «(a join b on (a.i = b.i)) j» where j.x"),
    CASE(CONSTRAINT, 0, "create table t (a text «not null» collate \"C\")"),
    CASE(SORT_BY, 1, "select 1 from t order by a, «b + 1 desc nulls last»"),
    CASE(JOIN_EXPR, 0,
         "select 1 from «a x left join b y on (x.i = y.i)» "
         "where 1 = 1"),
    CASE(JOIN_EXPR, 0, "select 1 from «a join b using (i)», c"),
    CASE(JOIN_EXPR, 0, "select 1 from «a cross join b y»"),
    CASE(JOIN_EXPR, 1,
         "select 1 from «a join b on b.i = a.i» join c on c.i = "
         "a.i"),
    CASE(RANGE_SUBSELECT, 0, "select 1 from «(select a from t) x», u"),
    CASE(RANGE_SUBSELECT, 0,
         "select 1 from u, «lateral (values (1)) as x "
         "(a)» where 1 = 1"),
    CASE(RANGE_FUNCTION, 0,
         "select 1 from «generate_series(1, 2) with "
         "ordinality g (i)»"),
    CASE(COMMON_TABLE_EXPR, 1,
         "with a as (select 1), «b (x) as materialized "
         "(select 2)» select 1"),
    CASE(WITH_CLAUSE, 0, "«with a as (select 1)» select 1 from a"),
    CASE(LOCKING_CLAUSE, 0,
         "select 1 from t where a «for update of t skip "
         "locked»"),
    CASE(LIST, 0, "select 1 from t where a in «(1, 2)»"),
    CASE(LIST, 0, "select 1 from t where a between «1 and 2»"),
    CASE(LIST, 1, "drop table if exists a, «s.b» cascade"),
    CASE(LIST, 0, "drop index concurrently «s.a», b"),
    CASE(OBJECT_WITH_ARGS, 0, "drop function «f(int, text)»"),
    CASE(ON_CONFLICT_CLAUSE, 0,
         "insert into t values (1) «on conflict do "
         "nothing» returning a"),
    CASE(DEF_ELEM, 0, "create index i on t (a) with («fillfactor = 70»)"),
    CASE(PARTITION_ELEM, 0, "create table t (a int) partition by range («a»)"),
    CASE(SELECT_STMT, 0, " /* x */ «select 1»;"),
};

/* The statement without its marks; where they were goes to start and end. */
static struct tl_str unmark(const char *marked, struct buf *out, size_t *start,
                            size_t *end)
{
    const char *open = strstr(marked, OPEN);
    const char *close = strstr(marked, CLOSE);

    assert_non_null(open);
    assert_non_null(close);
    *start = (size_t)(open - marked);
    *end = (size_t)(close - marked) - 2;
    buf_add(out, marked, *start);
    buf_add(out, open + 2, *end - *start);
    buf_puts(out, close + 2);
    return buf_view(out);
}

static const struct tl_node *nth(const struct tl_tree *tree, uint16_t kind,
                                 uint32_t number)
{
    TL_EACH(tree, tree->nodes, kind, it) {
        if (number-- == 0)
            return it;
    }
    return NULL;
}

static bool run_case(const struct region_case *k)
{
    struct arena arena;
    struct buf buf;
    struct parse_result parsed;
    size_t start;
    size_t end;
    size_t got_start = 0;
    size_t got_end = 0;

    arena_init(&arena, 0);
    buf_init(&buf, 0);

    struct tl_str text = unmark(k->sql, &buf, &start, &end);

    parse_statement(text, &arena, &parsed, NULL);

    const struct tl_node *n =
        parsed.ok ? nth(&parsed.tree, k->kind, k->number) : NULL;

    if (n)
        tree_region(&parsed.tree, n, text, &got_start, &got_end);

    bool right = n && got_start == start && got_end == end;

    if (!right)
        print_error("%s %u of %s\n  got: %.*s\n", tree_kind_name(k->kind),
                    k->number, k->sql, (int)(got_end - got_start),
                    text.p + got_start);
    buf_release(&buf);
    arena_release(&arena);
    return right;
}

static void test_table(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        wrong += !run_case(&cases[i]);
    assert_int_equal(wrong, 0);
}

static void test_expression_region(void **state)
{
    struct tl_str text = TL_STR("((status)::text = 'x'::text)");
    struct arena arena;
    struct parse_result parsed;
    size_t start;
    size_t end;

    (void)state;
    arena_init(&arena, 0);
    parse_expression(text, &arena, &parsed);
    assert_true(parsed.ok);
    tree_region(&parsed.tree, parsed.tree.nodes, text, &start, &end);
    assert_int_equal(start, 1);
    assert_int_equal(end, text.n - 1);
    arena_release(&arena);
}

/* Every node of every case has a region inside its text. */
static void test_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct arena arena;
        struct buf buf;
        struct parse_result parsed;
        size_t start;
        size_t end;

        arena_init(&arena, 0);
        buf_init(&buf, 0);

        struct tl_str text = unmark(cases[i].sql, &buf, &start, &end);

        parse_statement(text, &arena, &parsed, NULL);
        for (uint32_t k = 0; parsed.ok && k < parsed.tree.count; k++) {
            tree_region(&parsed.tree, &parsed.tree.nodes[k], text, &start,
                        &end);
            assert_true(start < end);
            assert_true(end <= text.n);
        }
        buf_release(&buf);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_expression_region),
        cmocka_unit_test(test_bounds),
    };

    return cmocka_run_group_tests_name("region", tests, NULL, NULL);
}
