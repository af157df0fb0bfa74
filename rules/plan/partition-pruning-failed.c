/*
 * partition-pruning-failed - every partition is read, because the filter
 * computes something of the partition key.
 */
#include <tusklint/rule.h>

static struct tl_str figures(struct tl_ctx *ctx, const struct tl_plan_node *n,
                             const struct tl_unpruned *u)
{
    struct tl_str time = tl_node_time(ctx, n);

    if (u->scanned < 0)
        return TL_STR("");
    return tl_printf(ctx, ", %.0f rows to keep %.0f%.*s", u->scanned, u->kept,
                     TL_FMT(time));
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, const struct tl_unpruned *u)
{
    struct tl_str table = tl_name_text(ctx, u->table->name);
    struct tl_str column = tl_quoted(ctx, u->wrapped->column);
    struct tl_str numbers = figures(ctx, n, u);
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "All %u partitions of %.*s are read%.*s: none is left out, because the "
        "filter computes something of their key %.*s.",
        u->partitions, TL_FMT(table), TL_FMT(numbers), TL_FMT(column));

    tl_detail(ctx, f, "the filter is %.*s", TL_FMT(u->part->filter));
    tl_object(ctx, f, u->table->name, u->wrapped->column);
    tl_related(ctx, f, u->table->row.made, "%.*s is made here", TL_FMT(table));
    tl_relate_query(ctx, f, plan);
    /* The key itself has statistics, and partitions that are left out have no
       rows to throw away. */
    tl_explains(ctx, f, "misestimate", n);
    tl_explains(ctx, f, "rows-removed-by-filter", u->part);
    if (u->table->partitioned_by == 'r')
        tl_help(ctx, f,
                "Compare %.*s itself with a range of its own type: a day is "
                "%.*s >= its midnight AND %.*s < the next. Then partitions "
                "outside of the range are left out.",
                TL_FMT(column), TL_FMT(column), TL_FMT(column));
    else
        tl_help(ctx, f,
                "Compare %.*s itself with a value of its own type. Then only "
                "that value's partition is read.",
                TL_FMT(column));
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        struct tl_unpruned u;

        if (tl_is_unpruned(ctx, plan, &plan->nodes[i], &u))
            report(ctx, plan, &plan->nodes[i], &u);
    }
}

TL_RULE(partition_pruning_failed) = {
    .id = "TL514",
    .name = "partition-pruning-failed",
    .summary = "every partition is read, because the filter wraps the key",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
