/*
 * nested-loop-blowup - a nested loop that was planned for a few rows runs a
 * thousand times.
 */
#include <tusklint/rule.h>

static const struct tl_plan_node *outer_of(const struct tl_plan *p,
                                           const struct tl_plan_node *n)
{
    return tl_child(p, n, "Outer");
}

/* What really runs for each row: a Memoize may know the answer. */
static const struct tl_plan_node *work_of(const struct tl_plan *p,
                                          const struct tl_plan_node *inner)
{
    const struct tl_plan_node *below = tl_child(p, inner, "Outer");

    return tl_node_is(inner, "Memoize") && below ? below : inner;
}

static bool is_blown(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *outer = outer_of(p, n);
    const struct tl_plan_node *inner = tl_child(p, n, "Inner");

    if (!tl_node_is(n, "Nested Loop") || !outer || !inner)
        return false;
    inner = work_of(p, inner);
    double estimate = outer->plan_rows > 1 ? outer->plan_rows : 1;
    double ms = tl_plan_whole_ms(inner);
    return inner->actual_loops >= tl_limit(p, TL_BLOWUP_MIN_LOOPS) &&
           outer->plan_rows <= tl_limit(p, TL_BLOWUP_MAX_ESTIMATE) &&
           outer->actual_rows >= estimate * tl_limit(p, TL_ESTIMATE_OFF) &&
           (ms < 0 || ms >= tl_limit(p, TL_BLOWUP_MIN_MS));
}

/* Loops above one that went wrong follow from it. */
static bool is_lowest(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *outer = outer_of(p, n);

    for (const struct tl_plan_node *o = outer; o < p->nodes + outer->end; o++)
        if (is_blown(p, o))
            return false;
    return true;
}

/* A table that is read whole each time is another rule's. */
static bool is_told(struct tl_ctx *ctx, const struct tl_plan *p,
                    const struct tl_plan_node *inner)
{
    for (const struct tl_plan_node *o = inner; o < p->nodes + inner->end; o++) {
        struct tl_scan scan;

        if (tl_judge_scan(ctx, p, o, &scan) == TL_SCAN_IN_LOOP)
            return true;
    }
    return false;
}

/* The scan whose rows were not expected, if it is below on the outer side. */
static const struct tl_plan_node *culprit(const struct tl_plan *p,
                                          const struct tl_plan_node *n)
{
    const struct tl_plan_node *outer = outer_of(p, n);

    for (const struct tl_plan_node *o = outer; o < p->nodes + outer->end; o++)
        if (o->relation.n && o->actual_rows >= 0 && o->plan_rows >= 0 &&
            o->actual_rows >= (o->plan_rows > 1 ? o->plan_rows : 1) *
                                  tl_limit(p, TL_ESTIMATE_OFF))
            return o;
    return NULL;
}

static void add_help(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_plan *plan,
                     const struct tl_plan_node *scan)
{
    if (!scan) {
        tl_help(ctx, f,
                "Let the planner expect the rows of the outer side: "
                "ANALYZE its tables. A hash join reads the inner side "
                "once.");
        return;
    }
    struct tl_name name = {scan->schema, scan->relation};
    struct tl_str table = tl_name_text(ctx, name);

    struct tl_str help = tl_better_estimate(ctx, plan, scan);
    tl_help(ctx, f,
            "Let the planner expect the rows of %.*s, it can then choose a "
            "hash join: %.*s",
            TL_FMT(table), TL_FMT(help));
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n)
{
    const struct tl_plan_node *outer = outer_of(plan, n);
    const struct tl_plan_node *inner =
        work_of(plan, tl_child(plan, n, "Inner"));
    struct tl_str time = tl_node_time(ctx, inner);
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "The inner side of a Nested Loop runs %.0f times%.*s, where the "
        "planner expected %.0f.",
        inner->actual_loops, TL_FMT(time),
        (outer->plan_rows > 1 ? outer->plan_rows : 1) * outer->actual_loops);
    const struct tl_plan_node *scan = culprit(plan, n);

    if (scan && scan->filter.n)
        tl_detail(ctx, f,
                  "the rows come from the %.*s of %.*s with the filter "
                  "%.*s",
                  TL_FMT(scan->type), TL_FMT(scan->relation),
                  TL_FMT(scan->filter));
    tl_about_node(ctx, f, plan, scan ? scan : n);
    if (scan)
        tl_explains(ctx, f, "misestimate", scan);
    add_help(ctx, f, plan, scan);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];

        if (is_blown(plan, n) && is_lowest(plan, n) &&
            !is_told(ctx, plan, tl_child(plan, n, "Inner")))
            report(ctx, plan, n);
    }
}

TL_RULE(nested_loop_blowup) = {
    .id = "TL512",
    .name = "nested-loop-blowup",
    .summary = "a nested loop planned for a few rows runs a thousand times",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
