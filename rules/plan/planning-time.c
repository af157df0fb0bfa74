/*
 * planning-time - the query is planned longer than it runs.
 */
#include <tusklint/rule.h>

static unsigned scans(const struct tl_plan *plan)
{
    unsigned n = 0;

    for (uint32_t i = 0; i < plan->count; i++)
        n += plan->nodes[i].relation.n > 0;
    return n;
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    unsigned n = scans(plan);
    struct tl_finding *f =
        tl_report(ctx, plan->nodes[0].span,
                  "Planning takes %.1f ms, running the query %.1f ms.",
                  plan->planning_ms, plan->execution_ms);

    tl_detail(ctx, f, "the plan scans %u relation%s", n, n == 1 ? "" : "s");
    tl_relate_query(ctx, f, plan);
    if (n >= TL_PLANNING_SCANS)
        tl_help(ctx, f,
                "Filter by the partition key with values that are known when "
                "the query is planned, or make fewer partitions. A prepared "
                "statement is planned less often.");
    else
        tl_help(ctx, f,
                "Prepare the statement and execute it again; SET LOCAL "
                "join_collapse_limit = 1; keeps joins in the order in which "
                "they are written. An index that nothing uses is weighed, "
                "too.");
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    /* A session's first plan reads the catalogs. */
    if (plan->execution_ms >= 0 && plan->planning_ms > plan->execution_ms &&
        plan->planning_ms > tl_limit(plan, TL_PLANNING_MS) &&
        plan->planning_read < TL_PLANNING_COLD_BLOCKS)
        report(ctx, plan);
}

TL_RULE(planning_time) = {
    .id = "TL517",
    .name = "planning-time",
    .summary = "planning takes longer than running the query",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_NOTE,
    .on_plan = check,
};
