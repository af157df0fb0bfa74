/*
 * huge-in-list - thousands of constants are parsed and planned each time.
 */
#include <tusklint/rule.h>

#define HUGE 1000

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, node);

    if (e->kind != PG_QUERY__A__EXPR__KIND__AEXPR_IN || !e->rexpr ||
        e->rexpr->node_case != TL_KIND(LIST) || e->rexpr->list->n_items <= HUGE)
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, node),
                  "An IN list of %zu values is parsed and planned anew each "
                  "time.",
                  e->rexpr->list->n_items);

    tl_help(ctx, f,
            "Send one array: column = ANY($1); or fill a temporary "
            "table and join it.");
}

TL_RULE(huge_in_list) = {
    .id = "TL320",
    .name = "huge-in-list",
    .summary = "an IN list of thousands of values",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(A_EXPR)),
    .on_node = check,
};
