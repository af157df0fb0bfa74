/*
 * temp-io - a node keeps rows in temporary files, and is no sort and no hash
 * table, of which sort-spill and hash-spill speak.
 */
#include <tusklint/rule.h>

#define CTE_PREFIX "CTE "
/* Each is looked for in the whole plan. */
#define CTES_MAX 100

static bool is_told(const struct tl_plan *plan, const struct tl_plan_node *n)
{
    const struct tl_plan_node *end = plan->nodes + n->end;

    if (n->disk_kb > 0 || n->hash_batches > 1 || n->hashagg_batches > 1 ||
        tl_str_is(n->type, "Gather") || tl_str_is(n->type, "Gather Merge"))
        return true;
    /* A hash join writes the outer rows of each batch of its table. */
    for (const struct tl_plan_node *c = n + 1; c < end;
         c = plan->nodes + c->end)
        if (tl_str_is(c->type, "Hash") && c->hash_batches > 1)
            return true;
    return false;
}

static double blocks(const struct tl_plan_node *n)
{
    return n->temp_written > 0 ? n->temp_written : 0;
}

/* A CTE runs inside its first scan, and hangs elsewhere. */
static const struct tl_plan_node *cte_of(const struct tl_plan *plan,
                                         const struct tl_plan_node *scan)
{
    const size_t prefix = strlen(CTE_PREFIX);

    for (uint32_t i = 0; i < plan->count; i++) {
        struct tl_str name = plan->nodes[i].subplan_name;

        if (name.n == prefix + scan->cte_name.n &&
            memcmp(name.p, CTE_PREFIX, prefix) == 0 &&
            memcmp(name.p + prefix, scan->cte_name.p, scan->cte_name.n) == 0)
            return &plan->nodes[i];
    }
    return NULL;
}

static double own_kb(const struct tl_plan *plan, const struct tl_plan_node *n,
                     unsigned *ctes)
{
    const struct tl_plan_node *end = plan->nodes + n->end;
    double own = blocks(n);

    for (const struct tl_plan_node *c = n + 1; c < end && own > 0;
         c = plan->nodes + c->end)
        own -= blocks(c);
    if (own * TL_KB_PER_BLOCK >= tl_limit(plan, TL_TEMP_IO_KB) &&
        n->cte_name.n) {
        if ((*ctes)++ >= CTES_MAX)
            return 0;
        const struct tl_plan_node *cte = cte_of(plan, n);
        own -= cte ? blocks(cte) : 0;
    }
    return own * TL_KB_PER_BLOCK;
}

static double memory_kb(const struct tl_plan *plan,
                        const struct tl_plan_node *n, double kb)
{
    const struct tl_plan_node *source = n->cte_name.n ? cte_of(plan, n)
                                        : n + 1 < plan->nodes + n->end ? n + 1
                                                                       : NULL;
    double loops = n->actual_loops >= 1 ? n->actual_loops : 1;
    double rows = source ? source->rows_out : n->rows_scanned / loops;

    return TL_STORE_GROWTH * kb +
           (rows > 0 ? rows * TL_STORE_ROW_BYTES / 1024 : 0);
}

static const char *instead(const struct tl_plan_node *n)
{
    if (tl_str_is(n->type, "CTE Scan"))
        return "filter inside of the WITH query, or write it AS NOT "
               "MATERIALIZED where it is read once";
    if (tl_str_is(n->type, "Function Scan"))
        return "call a function that returns fewer rows";
    if (tl_str_is(n->type, "WindowAgg"))
        return "select fewer columns below the window, or make its "
               "partitions smaller";
    if (tl_str_is(n->type, "Aggregate"))
        return "group first what DISTINCT or ORDER BY in an aggregate sorts";
    return "let fewer or narrower rows get here";
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, double kb)
{
    struct tl_str node = tl_step_text(ctx, n);
    struct tl_str size = tl_size_text(ctx, kb);
    struct tl_str now = tl_plan_setting(plan, "work_mem");
    double need = memory_kb(plan, n, kb);
    struct tl_str memory = tl_memory_text(ctx, need);
    struct tl_finding *f =
        tl_report(ctx, n->span,
                  "%.*s writes %.*s of temporary files: its rows do not fit "
                  "in work_mem.",
                  TL_FMT(node), TL_FMT(size));

    if (now.n)
        tl_detail(ctx, f, "work_mem is %.*s", TL_FMT(now));
    tl_about_node(ctx, f, plan, n);
    if (need > TL_WORK_MEM_MOST_KB)
        tl_help(ctx, f, "More work_mem is no way here: %s.", instead(n));
    else
        tl_help(ctx, f,
                "SET LOCAL work_mem = '%.*s'; before the query (about), or "
                "%s.",
                TL_FMT(memory), instead(n));
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    const struct tl_plan_node *worst = NULL;
    double most = tl_limit(plan, TL_TEMP_IO_KB);
    unsigned ctes = 0;

    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];
        double kb = is_told(plan, n) ? 0 : own_kb(plan, n, &ctes);

        if (kb >= most) {
            worst = n;
            most = kb;
        }
    }
    if (worst)
        report(ctx, plan, worst, most);
}

TL_RULE(temp_io) = {
    .id = "TL509",
    .name = "temp-io",
    .summary = "rows between two steps of a plan go through temporary files",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
