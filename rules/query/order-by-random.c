/*
 * order-by-random - reads and sorts the whole table for a handful of rows.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__SortBy *s = TL_AS(SORT_BY, SortBy, node);
    const struct tl_node *by = tl_find_wrapped(tl_tree(ctx), node, s->node);

    if (!by || (!tl_str_is(tl_call_name(by), "random") &&
                !tl_str_is(tl_call_name(by), "gen_random_uuid")))
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
