/*
 * rows-removed-by-filter - an index leads to many rows that the filter then
 * throws away.
 */
#include <tusklint/rule.h>

struct waste {
    double removed, kept, ms;
    uint32_t tables;
};

static bool is_index_scan(const struct tl_plan_node *n)
{
    return tl_node_is(n, "Index Scan") || tl_node_is(n, "Index Only Scan") ||
           tl_node_is(n, "Bitmap Heap Scan");
}

/* Of the node, and of its fellows that are read in the same way. */
static struct waste count(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);
    const struct tl_plan_node *end = p->nodes + (parent ? parent->end : n->end);
    struct waste w = {0};

    for (const struct tl_plan_node *o = n; o < end && o - n < TL_FELLOWS_MAX;
         o = p->nodes + o->end) {
        if (!is_index_scan(o) || o->rows_removed < 0 || o->actual_loops < 1 ||
            !tl_is_fellow(p, n, o))
            continue;
        w.removed += o->rows_removed * o->actual_loops;
        w.kept += o->rows_out;
        w.ms += tl_plan_whole_ms(o) > 0 ? tl_plan_whole_ms(o) : 0;
        w.tables++;
    }
    return w;
}

static bool is_first(const struct tl_plan *p, const struct tl_plan_node *n)
{
    for (const struct tl_plan_node *o = n - 1;
         o > p->nodes && n - o < TL_FELLOWS_MAX && o->parent >= n->parent; o--)
        if (o->parent == n->parent && is_index_scan(o) &&
            o->rows_removed >= 0 && tl_is_fellow(p, n, o))
            return false;
    return true;
}

static void add_help(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_plan_node *n, const struct tl_scan *s,
                     const struct waste *w)
{
    bool is_part = w->tables > 1 || (s->relation && s->relation->parent);
    struct tl_str columns = tl_scan_columns(ctx, s);
    struct tl_str index = tl_scan_index(ctx, n, s);

    if (columns.n && is_part)
        tl_help(ctx, f,
                "Let an index of the partitioned table hold (%.*s): build it "
                "concurrently on each partition and attach it to one of the "
                "table.",
                TL_FMT(columns));
    else if (columns.n)
        tl_help(ctx, f, "%.*s", TL_FMT(index));
    else if (s->wrapped)
        tl_help(ctx, f,
                "Compare %.*s itself, so that an index can look it up, or "
                "index what the filter computes of it.",
                TL_FMT(s->wrapped->column));
    else
        tl_help(ctx, f,
                "Let the index hold what the filter compares, too, or make it "
                "a partial one with that condition.");
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, const struct waste *w)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str others = TL_STR("");
    struct tl_str time = TL_STR("");
    struct tl_scan scan;

    if (w->tables > 1)
        others = tl_printf(ctx, " and %u other partitions", w->tables - 1);
    if (w->ms > 0)
        time = tl_printf(ctx, ", %.1f ms in all", w->ms);
    tl_read_scan(ctx, plan, n, &scan);
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "The %.*s of %.*s%.*s removes %.0f rows by its filter to keep "
        "%.0f%.*s.",
        TL_FMT(n->type), TL_FMT(table), TL_FMT(others), w->removed, w->kept,
        TL_FMT(time));
    tl_detail(ctx, f, "the filter is %.*s", TL_FMT(n->filter));
    tl_object(ctx, f, name, scan.n_plain ? scan.plain[0]->column : TL_NONE);
    tl_about_node(ctx, f, plan, n);
    add_help(ctx, f, n, &scan, w);
}

static void judge(struct tl_ctx *ctx, const struct tl_plan *plan,
                  const struct tl_plan_node *n)
{
    if (!is_index_scan(n) || !n->filter.n || n->rows_removed < 0 ||
        !is_first(plan, n))
        return;
    struct waste w = count(plan, n);
    if (w.removed >= tl_limit(plan, TL_REMOVED_MIN_ROWS) &&
        w.removed >= w.kept * tl_limit(plan, TL_REMOVED_TIMES))
        report(ctx, plan, n, &w);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++)
        judge(ctx, plan, &plan->nodes[i]);
}

TL_RULE(rows_removed_by_filter) = {
    .id = "TL505",
    .name = "rows-removed-by-filter",
    .summary = "an index leads to many rows that a filter throws away",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
