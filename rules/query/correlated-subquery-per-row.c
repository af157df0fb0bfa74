/*
 * correlated-subquery-per-row - a query for each row of another one: N+1
 * inside of the server.
 */
#include <tusklint/rule.h>

/* A column of a query outside of the subquery. */
static bool is_correlated(struct tl_ctx *ctx, const struct tl_node *select)
{
    const struct tl_tree *t = tl_tree(ctx);

    TL_EACH(t, select, TL_KIND(COLUMN_REF), c) {
        struct tl_column_ref ref;

        if (tl_resolve_column(ctx, c, &ref) && ref.range &&
            !tl_inside(t, select, ref.range))
            return true;
    }
    return false;
}

/* One row is wanted, or the rows of one key: the subquery runs a few times. */
static bool is_of_few_rows(const PgQuery__SelectStmt *outer)
{
    return outer->limit_count != NULL || outer->n_from_clause == 0;
}

static void check(struct tl_ctx *ctx, const struct tl_node *target)
{
    const struct tl_tree *t = tl_tree(ctx);
    const struct tl_node *outer = tl_parent(t, target);
    const struct tl_node *link =
        tl_find_wrapped(t, target, TL_AS(RES_TARGET, ResTarget, target)->val);

    if (!outer || outer->kind != TL_KIND(SELECT_STMT) || !link ||
        link->kind != TL_KIND(SUB_LINK))
        return;
    const PgQuery__SubLink *s = TL_AS(SUB_LINK, SubLink, link);
    const struct tl_node *select = tl_find_wrapped(t, link, s->subselect);

    if (s->sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK || !select ||
        select->kind != TL_KIND(SELECT_STMT) ||
        is_of_few_rows(TL_AS(SELECT_STMT, SelectStmt, outer)) ||
        !TL_AS(SELECT_STMT, SelectStmt, select)->n_from_clause ||
        !is_correlated(ctx, select))
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, link),
                  "This subquery runs once for each row of the result.");

    tl_help(ctx, f,
            "Join what it asks for (grouped by the key, or with LATERAL): the "
            "planner then chooses how.");
}

TL_RULE(correlated_subquery_per_row) = {
    .id = "TL319",
    .name = "correlated-subquery-per-row",
    .summary = "a subquery that runs once for each row of the result",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(RES_TARGET)),
    .on_node = check,
};
