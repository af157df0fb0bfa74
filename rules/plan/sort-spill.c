/*
 * sort-spill - a sort that does not fit in work_mem goes through files.
 */
#include <tusklint/rule.h>

#define KB 1024.0

/* What one process sorts at once. A LIMIT above cuts off what comes out, so
   what goes in is counted. */
static double rows_sorted(const struct tl_plan *plan,
                          const struct tl_plan_node *n)
{
    const struct tl_plan_node *below = n + 1;
    double loops = n->actual_loops >= 1 ? n->actual_loops : 1;

    /* An incremental sort sorts group after group. */
    if (tl_str_is(n->type, "Incremental Sort") && n->plan_width >= 0)
        return n->disk_most_kb * KB / (n->plan_width + TL_SORT_DISK_ROW_BYTES);
    if (below == plan->nodes + n->end || below->rows_out < 0)
        return n->actual_rows;
    return below->rows_out / loops;
}

static double memory_kb(double rows, const struct tl_plan_node *n)
{
    return n->disk_most_kb + rows * TL_SORT_ROW_BYTES / KB;
}

static void add_help(struct tl_ctx *ctx, struct tl_finding *f, double need)
{
    struct tl_str memory = tl_memory_text(ctx, need);

    if (need > TL_WORK_MEM_MOST_KB)
        tl_help(ctx, f,
                "That is more memory than one query should take: sort fewer "
                "or narrower rows, or read them in order from an index on the "
                "sort key.");
    else
        tl_help(ctx, f,
                "SET LOCAL work_mem = '%.*s'; before the query, or read the "
                "rows in order from an index on the sort key.",
                TL_FMT(memory));
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, unsigned others)
{
    bool partly = tl_str_is(n->type, "Incremental Sort");
    double rows = rows_sorted(plan, n);
    double need = memory_kb(rows, n);
    struct tl_str disk = tl_size_text(ctx, n->disk_kb);
    struct tl_str most = tl_size_text(ctx, n->disk_most_kb);
    struct tl_str memory = tl_size_text(ctx, need);
    struct tl_str node = tl_step_text(ctx, n);
    bool several = n->disk_most_kb < n->disk_kb && !partly;
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "%.*s of %s%.0f rows%s writes %.*s to disk: it needs about %.*s of "
        "work_mem.",
        TL_FMT(node), partly ? "about " : "", rows,
        partly    ? " at a time"
        : several ? " in each process"
                  : "",
        TL_FMT(disk), TL_FMT(memory));

    struct tl_str key = n->sort_key;
    struct tl_str now = tl_plan_setting(plan, "work_mem");
    struct tl_str each =
        several
            ? tl_printf(ctx, "; the largest process writes %.*s", TL_FMT(most))
            : TL_NONE;
    struct tl_str more =
        others
            ? tl_printf(ctx, "; %u more sort%s of the plan go%s to disk",
                        others, others == 1 ? "" : "s", others == 1 ? "es" : "")
            : TL_NONE;
    tl_detail(ctx, f, "the sort key is %.*s%s%.*s%.*s%.*s", TL_FMT(key),
              now.n ? "; work_mem is " : "", TL_FMT(now), TL_FMT(each),
              TL_FMT(more));
    tl_about_node(ctx, f, plan, n);
    add_help(ctx, f, need);
}

/* work_mem is set for a query: its largest sort says what all of them need. */
static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    const struct tl_plan_node *worst = NULL;
    unsigned spilling = 0;

    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];
        bool sorts = tl_str_is(n->type, "Sort") ||
                     tl_str_is(n->type, "Incremental Sort");

        if (!sorts || n->disk_kb < tl_limit(plan, TL_SORT_SPILL_KB))
            continue;
        spilling++;
        if (!worst || n->disk_most_kb > worst->disk_most_kb)
            worst = n;
    }
    if (worst)
        report(ctx, plan, worst, spilling - 1);
}

TL_RULE(sort_spill) = {
    .id = "TL507",
    .name = "sort-spill",
    .summary = "a sort does not fit in work_mem and goes to disk",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
