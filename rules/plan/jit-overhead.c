/*
 * jit-overhead - compiling the query takes a good part of running it.
 */
#include <tusklint/rule.h>

/* The plan's figure is the sum of all processes, which compile side by side. */
static double processes(const struct tl_plan *plan)
{
    double most = 0;

    for (uint32_t i = 0; i < plan->count; i++)
        if (plan->nodes[i].workers_launched > most)
            most = plan->nodes[i].workers_launched;
    return most + 1;
}

/* The default is 100000. */
static double higher_limit(const struct tl_plan *plan)
{
    double limit = 200000;

    while (limit <= plan->nodes[0].total_cost && limit < 1e9)
        limit *= 2;
    return limit;
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan, double ms)
{
    struct tl_finding *f =
        tl_report(ctx, plan->nodes[0].span,
                  "Compiling the query (JIT) takes %.1f ms of the %.1f ms it "
                  "runs.",
                  ms, tl_plan_ms(plan));

    struct tl_str limit = tl_plan_setting(plan, "jit_above_cost");

    tl_relate_query(ctx, f, plan);
    if (plan->nodes[0].total_cost >= TL_DISABLED_COST) {
        tl_detail(ctx, f,
                  "the plan costs %.0f because it uses a node that is switched "
                  "off; see disabled-or-forced-node",
                  plan->nodes[0].total_cost);
        tl_help(ctx, f,
                "Switch the node on again, or SET LOCAL jit = off; before the "
                "query.");
        return;
    }
    tl_detail(
        ctx, f,
        "the planner compiles what costs more than jit_above_cost%s%.*s%s, "
        "and this plan costs %.0f",
        limit.n ? " (" : "", TL_FMT(limit), limit.n ? ")" : "",
        plan->nodes[0].total_cost);
    tl_help(ctx, f,
            "SET LOCAL jit = off; before the query, or for all queries ALTER "
            "SYSTEM SET jit_above_cost = %.0f;",
            higher_limit(plan));
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    double whole = tl_plan_ms(plan);
    double ms = plan->jit_ms / processes(plan);

    if (whole > 0 && ms >= tl_limit(plan, TL_JIT_MS) &&
        ms > tl_limit(plan, TL_JIT_PART) * whole)
        report(ctx, plan, ms);
}

TL_RULE(jit_overhead) = {
    .id = "TL516",
    .name = "jit-overhead",
    .summary = "JIT compilation takes a good part of the query's time",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_NOTE,
    .on_plan = check,
};
