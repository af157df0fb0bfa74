/*
 * tree_test.c - the flat tree: order, slices, kinds, depth.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sql/parse.h"
#include "sql/tree.h"

static struct tl_tree tree_of(const char *sql, struct arena *arena)
{
    struct parse_result r;

    parse_statement(tl_str_c(sql), arena, &r, NULL);
    if (!r.ok)
        fail_msg("%s: %.*s", sql, TL_FMT(r.message));
    return r.tree;
}

static size_t count_kind(const struct tl_tree *tree, uint16_t kind)
{
    size_t n = 0;

    TL_EACH(tree, tree->nodes, kind, it) {
        n++;
    }
    return n;
}

static void check_invariants(const struct tl_tree *tree)
{
    assert_int_equal(tree->nodes[0].parent, TL_NO_NODE);
    assert_int_equal(tree->nodes[0].end, tree->count);
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct tl_node *n = &tree->nodes[i];
        const struct tl_node *parent = tl_parent(tree, n);

        assert_true(n->end > i && n->end <= tree->count);
        assert_non_null(n->msg);
        if (!parent)
            continue;
        assert_true(parent < n && n->end <= parent->end);
        assert_true(n->field < parent->msg->descriptor->n_fields);
    }
}

static void test_shape(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena, 0);

    struct tl_tree tree = tree_of(
        "select a, 'x', null, true from t where b = 1 and c in (2)", &arena);

    check_invariants(&tree);
    assert_int_equal(tree.nodes[0].kind, TL_KIND(SELECT_STMT));
    assert_int_equal(count_kind(&tree, TL_KIND(COLUMN_REF)), 3);
    assert_int_equal(count_kind(&tree, TL_KIND(A_CONST)), 5);
    assert_int_equal(count_kind(&tree, TL_KIND(RANGE_VAR)), 1);
    assert_int_equal(count_kind(&tree, TL_KIND(BOOL_EXPR)), 1);
    /* A_Const is a union: only the member that is set counts. */
    assert_int_equal(count_kind(&tree, TL_KIND(INTEGER)), 2);
    assert_int_equal(count_kind(&tree, TL_KIND(FLOAT)), 0);

    const struct tl_node *table =
        tl_next_of(&tree, 0, tree.count, TL_KIND(RANGE_VAR));

    assert_non_null(table);
    if (!table) /* cmocka's assertions do not tell the compiler */
        return;
    assert_int_equal(table->location, 31);
    assert_string_equal(TL_AS(RANGE_VAR, RangeVar, table)->relname, "t");
    assert_ptr_equal(tl_ancestor(&tree, table, TL_KIND(SELECT_STMT)),
                     tree.nodes);

    size_t children = 0;

    TL_CHILDREN(&tree, tree.nodes, it) {
        assert_int_equal(it->parent, 0);
        children++;
    }
    assert_int_equal(children, 6);
    arena_release(&arena);
}

/* RangeVar in INSERT is a field of its own type, not a wrapped node. */
static void test_direct_fields(void **state)
{
    static const char *const statements[] = {
        "insert into t (a) select 1 union all select b from u returning a",
        "create table t (a int primary key, b numeric(3,1) default 1, "
        "foreign key (b) references u (c)) partition by range (a)",
        "alter table t add column x int, alter y type text, owner to joe",
        "create function f(a int) returns setof t language sql as 'select 1'",
        "merge into t using u on t.a = u.a when matched then delete",
        "with recursive w (n) as (select 1 union select n + 1 from w) "
        "select sum(n) over (partition by n order by n) from w for update",
        "grant select on t to joe",
        "create trigger g before insert on t execute function f()",
        "copy t from stdin",
        "vacuum (analyze) t (a, b)",
    };
    struct arena arena;

    (void)state;
    arena_init(&arena, 0);
    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
        struct tl_tree tree = tree_of(statements[i], &arena);

        check_invariants(&tree);
        assert_true(count_kind(&tree, TL_KIND(RANGE_VAR)) > 0 ||
                    count_kind(&tree, TL_KIND(TYPE_NAME)) > 0);
    }
    arena_release(&arena);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(tree_kind_name(TL_KIND(A_EXPR)), "A_Expr");
    assert_string_equal(tree_kind_name(TL_KIND(RANGE_VAR)), "RangeVar");
    assert_string_equal(tree_kind_name(TL_KIND_OTHER), "?");
    assert_string_equal(tree_kind_name(60000), "?");
}

/* Deeper than any parsed tree may be: flattening does not recurse. */
static void test_depth(void **state)
{
    enum { LEVELS = 100000 };
    struct arena arena;

    (void)state;
    arena_init(&arena, 0);

    PgQuery__AExpr *levels = ARENA_ARRAY(&arena, PgQuery__AExpr, LEVELS);
    PgQuery__Node *wrappers = ARENA_ARRAY(&arena, PgQuery__Node, LEVELS);

    for (size_t i = 0; i < LEVELS; i++) {
        pg_query__a__expr__init(&levels[i]);
        pg_query__node__init(&wrappers[i]);
        wrappers[i].node_case = PG_QUERY__NODE__NODE_A_EXPR;
        wrappers[i].a_expr = &levels[i];
        levels[i].location = (int32_t)i;
        if (i > 0)
            levels[i - 1].lexpr = &wrappers[i];
    }

    struct tl_tree tree = tree_flatten(&levels[0].base, &arena);

    assert_int_equal(tree.count, LEVELS);
    check_invariants(&tree);
    assert_int_equal(tree.nodes[LEVELS - 1].location, LEVELS - 1);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_direct_fields),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_depth),
    };

    return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
