/*
 * misestimate - the planner expected far fewer or far more rows than came.
 */
#include <tusklint/rule.h>

/* What has an estimate of its own; the rest hands on what it gets, or has no
   statistics (functions, recursion). */
static bool is_judged(const struct tl_plan_node *n)
{
    static const char *const types[] = {
        "Seq Scan",  "Index Scan", "Index Only Scan", "Bitmap Heap Scan",
        "Hash Join", "Merge Join", "Nested Loop",     "Foreign Scan",
        "Aggregate", "Group",      "Append",          "Merge Append",
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (tl_node_is(n, types[i]))
            return true;
    return false;
}

static double at_least_one(double rows)
{
    return rows > 1 ? rows : 1;
}

/* Both are averages of a run, so they compare as they are printed. A merge
   join reads its inner side again and again and counts that. */
static bool is_under(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);

    return n->actual_rows >=
               at_least_one(n->plan_rows) * tl_limit(p, TL_ESTIMATE_OFF) &&
           n->rows_out >= tl_limit(p, TL_ESTIMATE_MIN_ROWS) &&
           !(parent && tl_node_is(parent, "Merge Join") &&
             tl_str_is(n->relationship, "Inner"));
}

static bool is_over(const struct tl_plan *p, const struct tl_plan_node *n)
{
    return n->plan_rows >=
               at_least_one(n->actual_rows) * tl_limit(p, TL_ESTIMATE_OFF) &&
           n->plan_rows * n->actual_loops >=
               tl_limit(p, TL_OVERESTIMATE_MIN_ROWS) &&
           !tl_may_stop_early(p, n);
}

static bool is_off(const struct tl_plan *p, const struct tl_plan_node *n)
{
    return is_judged(n) && n->actual_rows >= 0 && n->actual_loops >= 1 &&
           !tl_is_partition(p, n) && (is_under(p, n) || is_over(p, n));
}

static bool is_lowest(const struct tl_plan *p, const struct tl_plan_node *n)
{
    for (const struct tl_plan_node *o = n + 1; o < p->nodes + n->end; o++)
        if (is_off(p, o))
            return false;
    return true;
}

/* ---- what to say ---- */

static struct tl_str title(struct tl_ctx *ctx, const struct tl_plan_node *n)
{
    struct tl_str table =
        tl_name_text(ctx, (struct tl_name){n->schema, n->relation});

    if (!n->relation.n)
        return n->type;
    return tl_printf(ctx, "%.*s of %.*s", TL_FMT(n->type), TL_FMT(table));
}

static void add_detail(struct tl_ctx *ctx, struct tl_finding *f,
                       const struct tl_plan_node *n)
{
    if (n->filter.n)
        tl_detail(ctx, f, "the filter is %.*s", TL_FMT(n->filter));
    else if (n->index_cond.n)
        tl_detail(ctx, f, "the condition is %.*s", TL_FMT(n->index_cond));
    else if (n->join_cond.n)
        tl_detail(ctx, f, "the condition is %.*s", TL_FMT(n->join_cond));
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n)
{
    struct tl_str what = title(ctx, n);
    double expected = at_least_one(n->plan_rows) * n->actual_loops;
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "The %.*s gives %.0f rows where the planner expected %.0f: the rest "
        "of the plan is made for too %s.",
        TL_FMT(what), n->rows_out, expected,
        n->rows_out > expected ? "few" : "many");

    add_detail(ctx, f, n);
    tl_about_node(ctx, f, plan, n);
    if (!n->relation.n) {
        tl_help(ctx, f,
                "ANALYZE the tables below: their own rows were "
                "expected, what becomes of them was not.");
        return;
    }
    struct tl_str help = tl_better_estimate(ctx, plan, n);
    tl_help(ctx, f, "%.*s", TL_FMT(help));
}

/* A scan that an index should have made: too many rows expected are no matter
   then, and an index of what the filter computes brings statistics of it. A
   filter that hides the partition key hides it from the statistics, too. */
static bool is_told(struct tl_ctx *ctx, const struct tl_plan *plan,
                    const struct tl_plan_node *n)
{
    struct tl_unpruned unpruned;
    struct tl_scan scan;

    if (tl_is_unpruned(ctx, plan, n, &unpruned))
        return true;
    if (n->filter.n && !n->index_cond.n && !tl_filter_has_column(ctx, n))
        return true;
    enum tl_scan_cause cause = tl_judge_scan(ctx, plan, n, &scan);

    if (cause == TL_SCAN_FINE)
        return false;
    return !is_under(plan, n) || (scan.wrapped && !scan.n_plain);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];

        if (is_off(plan, n) && is_lowest(plan, n) && !is_told(ctx, plan, n))
            report(ctx, plan, n);
    }
}

TL_RULE(misestimate) = {
    .id = "TL506",
    .name = "misestimate",
    .summary = "the planner expected far fewer or far more rows than came",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
