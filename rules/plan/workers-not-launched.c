/*
 * workers-not-launched - a plan made for several processes ran with fewer.
 */
#include <tusklint/rule.h>

static double missing(const struct tl_plan_node *n)
{
    return n->workers_planned - n->workers_launched;
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n)
{
    struct tl_str limit = tl_plan_setting(plan, "max_parallel_workers");
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "A %.*s was planned with %.0f worker%s and got %.0f: it took %.1f ms "
        "with %.0f process%s.",
        TL_FMT(n->type), n->workers_planned, n->workers_planned == 1 ? "" : "s",
        n->workers_launched, n->actual_total, n->workers_launched + 1,
        n->workers_launched == 0 ? "" : "es");

    tl_detail(ctx, f,
              "the other workers were busy with other queries, or the "
              "client's way to fetch rows in parts forbids them%s%.*s",
              limit.n ? "; max_parallel_workers is " : "", TL_FMT(limit));
    tl_about_node(ctx, f, plan, n);
    tl_help(ctx, f,
            "Raise max_parallel_workers and max_worker_processes where there "
            "are cores, or lower max_parallel_workers_per_gather, so that the "
            "planner counts on what there is.");
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    const struct tl_plan_node *worst = NULL;

    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];
        bool short_of = n->workers_launched >= 0 && missing(n) > 0 &&
                        !n->never_executed &&
                        n->actual_total >= tl_limit(plan, TL_GATHER_MS);

        if (short_of && (!worst || missing(n) > missing(worst)))
            worst = n;
    }
    if (worst)
        report(ctx, plan, worst);
}

TL_RULE(workers_not_launched) = {
    .id = "TL518",
    .name = "workers-not-launched",
    .summary = "a parallel plan ran with fewer workers than planned",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_NOTE,
    .on_plan = check,
};
