/*
 * group-by-ordinal - GROUP BY 1, ORDER BY 2: a column that is put in between
 * changes what they mean.
 */
#include <tusklint/rule.h>

static void judge(struct tl_ctx *ctx, const struct tl_node *select,
                  PgQuery__Node *const *list, size_t n, const char *clause)
{
    for (size_t i = 0; i < n; i++) {
        const struct tl_node *by =
            tl_find_wrapped(tl_tree(ctx), select, list[i]);

        if (by && by->kind == TL_KIND(SORT_BY))
            by = tl_find_wrapped(tl_tree(ctx), by,
                                 TL_AS(SORT_BY, SortBy, by)->node);
        if (!by || by->kind != TL_KIND(A_CONST) ||
            TL_AS(A_CONST, AConst, by)->val_case !=
                PG_QUERY__A__CONST__VAL_IVAL)
            continue;
        struct tl_finding *f =
            tl_report(ctx, tl_node_span(ctx, by),
                      "%s BY counts columns: another column in the select list "
                      "changes what it means.",
                      clause);

        tl_help(ctx, f, "Write the column's name.");
        return;
    }
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);

    judge(ctx, node, s->group_clause, s->n_group_clause, "GROUP");
    judge(ctx, node, s->sort_clause, s->n_sort_clause, "ORDER");
}

TL_RULE(group_by_ordinal) = {
    .id = "TL327",
    .name = "group-by-ordinal",
    .summary = "GROUP BY or ORDER BY a number",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .opt_in = true,
    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,
};
