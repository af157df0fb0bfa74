/*
 * implicit-cross-join-comma - a comma in FROM: the condition that joins stands
 * far away, or not at all.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);
    unsigned tables = 0;
    const struct tl_node *second = NULL;

    for (size_t i = 0; i < s->n_from_clause; i++) {
        const struct tl_node *item =
            tl_find_wrapped(tl_tree(ctx), node, s->from_clause[i]);

        /* Functions and LATERAL are written so by everybody. */
        if (!item || (item->kind != TL_KIND(RANGE_VAR) &&
                      item->kind != TL_KIND(JOIN_EXPR)))
            continue;
        if (++tables == 2)
            second = item;
    }
    if (!second)
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, second),
                  "A comma joins these tables: whether a condition links them "
                  "stands somewhere in WHERE.");

    tl_help(ctx, f, "Write JOIN ... ON, or CROSS JOIN.");
}

TL_RULE(implicit_cross_join_comma) = {
    .id = "TL328",
    .name = "implicit-cross-join-comma",
    .summary = "tables joined by a comma",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .opt_in = true,
    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,
};
