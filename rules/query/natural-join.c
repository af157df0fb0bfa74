/*
 * natural-join - joins by whatever columns happen to share a name.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    if (!TL_AS(JOIN_EXPR, JoinExpr, node)->is_natural)
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, node),
                  "NATURAL JOIN joins by all columns of one name: a column "
                  "that is added later changes the result.");

    tl_help(ctx, f, "Write USING (columns) or ON.");
}

TL_RULE(natural_join) = {
    .id = "TL329",
    .name = "natural-join",
    .summary = "NATURAL JOIN joins by whatever shares a name",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(JOIN_EXPR)),
    .on_node = check,
};
