/*
 * cte-or-subplan-per-row - a subquery runs for each row, or a CTE is computed
 * and stored to be searched row by row.
 */
#include <tusklint/rule.h>

#include <string.h>

#define CTE_PREFIX "CTE "
/* Each is looked for in the whole plan. */
#define CTE_SCANS_MAX 1000

/* ---- CTEs ---- */

struct cte {
    const struct tl_plan_node *node;
    uint32_t scans; /* how many read it */
};

static bool is_cte_named(const struct tl_plan_node *n, struct tl_str name)
{
    size_t prefix = strlen(CTE_PREFIX);

    return n->subplan_name.n == name.n + prefix &&
           memcmp(n->subplan_name.p, CTE_PREFIX, prefix) == 0 &&
           memcmp(n->subplan_name.p + prefix, name.p, name.n) == 0;
}

static struct cte find_cte(const struct tl_plan *p, struct tl_str name)
{
    struct cte c = {NULL, 0};

    for (uint32_t i = 0; i < p->count && name.n; i++) {
        const struct tl_plan_node *n = &p->nodes[i];

        if (!c.node && is_cte_named(n, name))
            c.node = n;
        c.scans += tl_node_is(n, "CTE Scan") && tl_str_eq(n->cte_name, name);
    }
    return c;
}

/* A filter cannot be moved into these without another result. */
static bool is_closed(const struct tl_plan_node *n)
{
    static const char *const types[] = {
        "Limit", "Recursive Union", "ModifyTable", "WindowAgg", "LockRows",
        "Group", "Aggregate",       "Unique",      "SetOp"};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (tl_node_is(n, types[i]))
            return true;
    return false;
}

struct search {
    const struct tl_plan_node *cte;
    double read, kept, times;
    bool loops;
};

static bool is_few(const struct tl_plan *p, const struct search *s)
{
    return s->kept < s->read * tl_limit(p, TL_SCAN_MAX_KEPT);
}

/* Does the CTE Scan look for few rows in many? */
static bool is_search(const struct tl_plan *p, const struct tl_plan_node *n,
                      struct search *out)
{
    bool measured = n->rows_scanned >= 0;

    if (!tl_node_is(n, "CTE Scan") || !n->filter.n || n->never_executed)
        return false;
    *out = (struct search){.times = tl_plan_times(p, n),
                           .read = n->rows_scanned,
                           .kept = n->rows_out};
    if (measured &&
        (out->read < tl_limit(p, TL_SCAN_MIN_ROWS) || !is_few(p, out)))
        return false;
    struct cte cte = find_cte(p, n->cte_name);
    out->cte = cte.node;
    if (!cte.node)
        return false;
    if (!measured) {
        out->read = cte.node->plan_rows * out->times;
        out->kept = n->plan_rows * out->times;
    }
    out->loops = out->times >= tl_limit(p, TL_LOOP_SCAN_MIN_LOOPS) &&
                 tl_plan_repeated(p, n);
    if (out->loops)
        return is_few(p, out) && out->read >= tl_limit(p, TL_CTE_LOOP_MIN_ROWS);
    return is_few(p, out) && out->read >= tl_limit(p, TL_SCAN_MIN_ROWS) &&
           cte.scans == 1 && !is_closed(cte.node);
}

static void report_search(struct tl_ctx *ctx, const struct tl_plan *plan,
                          const struct tl_plan_node *n, const struct search *s)
{
    const char *about = n->actual_loops >= 0 ? "" : "about ";
    struct tl_str time = tl_node_time(ctx, n);
    struct tl_finding *f;

    if (s->loops)
        f = tl_report(ctx, n->span,
                      "The CTE %.*s is searched %s%.0f times, row by row: "
                      "%s%.0f rows are read to keep %.0f%.*s.",
                      TL_FMT(n->cte_name), about, s->times, about, s->read,
                      s->kept, TL_FMT(time));
    else
        f = tl_report(ctx, n->span,
                      "The CTE %.*s is computed and stored whole, %s%.0f rows, "
                      "to keep %.0f of them%.*s.",
                      TL_FMT(n->cte_name), about, s->read, s->kept,
                      TL_FMT(time));
    tl_detail(ctx, f, "what is stored has no index; the filter is %.*s",
              TL_FMT(n->filter));
    tl_about_node(ctx, f, plan, s->cte);
    tl_explains(ctx, f, "temp-io", n);
    if (s->loops)
        tl_help(ctx, f,
                "Join %.*s instead of asking it for each row: it is then read "
                "once into a hash.",
                TL_FMT(n->cte_name));
    else
        tl_help(ctx, f,
                "Write WITH %.*s AS NOT MATERIALIZED, or put the filter into "
                "it, so that an index can find the rows.",
                TL_FMT(n->cte_name));
}

/* ---- subplans ---- */

static bool has_told(struct tl_ctx *ctx, const struct tl_plan *p,
                     const struct tl_plan_node *top)
{
    for (const struct tl_plan_node *o = top; o < p->nodes + top->end; o++) {
        struct tl_scan scan;
        struct search search;

        if (tl_judge_scan(ctx, p, o, &scan) == TL_SCAN_IN_LOOP ||
            is_search(p, o, &search))
            return true;
    }
    return false;
}

static bool costs_time(const struct tl_plan *p, const struct tl_plan_node *n)
{
    double ms = tl_plan_whole_ms(n);
    double all = tl_plan_whole_ms(p->nodes);

    return ms < 0 || (ms >= tl_limit(p, TL_SUBPLAN_MIN_MS) &&
                      ms >= all * tl_limit(p, TL_SUBPLAN_MIN_SHARE));
}

static bool is_per_row(const struct tl_plan *p, const struct tl_plan_node *n)
{
    return tl_str_is(n->relationship, "SubPlan") && !n->never_executed &&
           tl_plan_repeated(p, n) == n &&
           tl_plan_times(p, n) >= tl_limit(p, TL_SUBPLAN_MIN_LOOPS) &&
           costs_time(p, n);
}

static void report_subplan(struct tl_ctx *ctx, const struct tl_plan *plan,
                           const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = &plan->nodes[n->parent];
    struct tl_str table =
        tl_name_text(ctx, (struct tl_name){parent->schema, parent->relation});
    struct tl_str time = tl_node_time(ctx, n);
    bool is_list = tl_node_is(n, "Materialize");
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "The subquery %.*s runs %s%.0f times, once for each row of the "
        "%.*s%s%.*s%.*s.",
        TL_FMT(n->subplan_name), n->actual_loops >= 0 ? "" : "about ",
        tl_plan_times(plan, n), TL_FMT(parent->type),
        parent->relation.n ? " of " : "", TL_FMT(table), TL_FMT(time));

    if (parent->filter.n)
        tl_detail(ctx, f, "the filter is %.*s", TL_FMT(parent->filter));
    tl_about_node(ctx, f, plan, n);
    if (is_list)
        tl_help(ctx, f,
                "Its list is searched from the start each time. Write "
                "NOT EXISTS or a join, or give the list the work_mem "
                "that a hash of it takes.");
    else
        tl_help(ctx, f,
                "Compute it for all rows at once: join what it reads, "
                "grouped (GROUP BY, DISTINCT ON) by the column that "
                "ties it to the row.");
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    uint32_t searched = 0;

    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];
        struct search search;

        if (tl_node_is(n, "CTE Scan") && searched++ < CTE_SCANS_MAX &&
            is_search(plan, n, &search))
            report_search(ctx, plan, n, &search);
        if (is_per_row(plan, n) && !has_told(ctx, plan, n))
            report_subplan(ctx, plan, n);
    }
}

TL_RULE(cte_or_subplan_per_row) = {
    .id = "TL521",
    .name = "cte-or-subplan-per-row",
    .summary = "a subquery runs for each row, or a stored CTE is searched",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
