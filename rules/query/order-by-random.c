/*
 * order-by-random - reads and sorts the whole table for a handful of rows.
 *
 * Without LIMIT all rows are wanted anyway; and what a CTE or a subquery gives
 * may be few.
 */
#include <tusklint/rule.h>

static bool is_random(const struct tl_node *by)
{
    return tl_str_is(tl_call_name(by), "random") ||
           tl_str_is(tl_call_name(by), "gen_random_uuid");
}

static bool names_cte(const struct tl_tree *tree, const PgQuery__RangeVar *r)
{
    if (r->schemaname && *r->schemaname)
        return false;
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct tl_node *n = &tree->nodes[i];

        if (n->kind == TL_KIND(COMMON_TABLE_EXPR) &&
            strcmp(TL_AS(COMMON_TABLE_EXPR, CommonTableExpr, n)->ctename,
                   r->relname) == 0)
            return true;
    }
    return false;
}

static bool reads_table(const struct tl_tree *tree,
                        const PgQuery__SelectStmt *s)
{
    for (size_t i = 0; i < s->n_from_clause; i++) {
        const PgQuery__Node *from = s->from_clause[i];

        if (from->node_case == TL_KIND(JOIN_EXPR) ||
            (from->node_case == TL_KIND(RANGE_VAR) &&
             !names_cte(tree, from->range_var)))
            return true;
    }
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const struct tl_tree *tree = tl_tree(ctx);
    const PgQuery__SortBy *sort = TL_AS(SORT_BY, SortBy, node);
    const struct tl_node *by = tl_find_wrapped(tree, node, sort->node);
    const struct tl_node *select = tl_parent(tree, node);

    if (!by || !is_random(by) || !select ||
        select->kind != TL_KIND(SELECT_STMT))
        return;
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, select);
    if (!s->limit_count || !reads_table(tree, s))
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, by),
                  "ORDER BY random() reads and sorts all rows, however few are "
                  "wanted.");

    tl_help(ctx, f,
            "TABLESAMPLE SYSTEM_ROWS(n) (tsm_system_rows), or WHERE id >= a "
            "random one ORDER BY id LIMIT n.");
}

TL_RULE(order_by_random) = {
    .id = "TL313",
    .name = "order-by-random",
    .summary = "ORDER BY random() reads and sorts the whole table",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .nodes = TL_ON(TL_KIND(SORT_BY)),
    .on_node = check,
};
