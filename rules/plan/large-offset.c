/*
 * large-offset - rows are read, sorted and thrown away for an OFFSET.
 */
#include <tusklint/rule.h>

/* The JSON does not tell the OFFSET; what the child gave and the Limit did not
   pass on is it. Without ANALYZE the cost of the first row shows it. */
static double skipped(const struct tl_plan_node *limit,
                      const struct tl_plan_node *child)
{
    double whole = child->total_cost - child->startup_cost;

    if (limit->actual_loops >= 0)
        return child->rows_out - limit->rows_out;
    if (whole <= 0 || limit->startup_cost < child->startup_cost)
        return 0;
    double part = (limit->startup_cost - child->startup_cost) / whole;
    return (part < 1 ? part : 1) * child->plan_rows;
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, double rows)
{
    struct tl_str time = tl_node_time(ctx, n);
    bool measured = n->actual_loops >= 0;
    struct tl_finding *f =
        tl_report(ctx, n->span,
                  "The OFFSET reads %s%.0f rows to skip them and gives "
                  "%.0f%.*s.",
                  measured ? "" : "about ", rows, n->rows_out, TL_FMT(time));

    tl_detail(ctx, f, "each page further on reads all pages before it again");
    tl_about_node(ctx, f, plan, n);
    /* Without the rows to skip, the few that are shown sort in memory. */
    const struct tl_plan_node *below = tl_child(plan, n, "Outer");
    if (below)
        tl_explains(ctx, f, "sort-spill", below);
    tl_help(ctx, f,
            "Begin behind the last row of the page before: WHERE (a, b) > "
            "(its a, its b) ORDER BY a, b LIMIT n, with an index on the "
            "columns of the order.");
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];
        const struct tl_plan_node *child = tl_child(plan, n, "Outer");

        if (!tl_node_is(n, "Limit") || n->never_executed || !child)
            continue;
        double rows = skipped(n, child);
        /* A small one in a loop is the loop's matter. */
        double runs = n->actual_loops > 1 ? n->actual_loops : 1;
        if (rows >= tl_limit(plan, TL_OFFSET_MIN_ROWS) * runs &&
            rows >= n->rows_out * tl_limit(plan, TL_OFFSET_TIMES))
            report(ctx, plan, n, rows);
    }
}

TL_RULE(large_offset) = {
    .id = "TL519",
    .name = "large-offset",
    .summary = "an OFFSET reads many rows only to skip them",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
