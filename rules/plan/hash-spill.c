/*
 * hash-spill - a hash table that does not fit in memory goes to disk in
 * batches.
 */
#include <tusklint/rule.h>

#include <math.h>

#define KB 1024.0
#define ALIGNED(bytes) (8.0 * ceil((bytes) / 8.0))

static bool is_hash_aggregate(const struct tl_plan_node *n)
{
    return tl_str_is(n->type, "Aggregate") &&
           (tl_str_is(n->strategy, "Hashed") ||
            tl_str_is(n->strategy, "Mixed"));
}

/* The planner makes batches for as many rows as it expects. */
static double rows_of(const struct tl_plan_node *n)
{
    double rows = n->plan_rows;

    if (is_hash_aggregate(n) && n->actual_rows >= 0)
        return n->actual_rows + (n->rows_removed > 0 ? n->rows_removed : 0);
    return n->actual_rows > rows ? n->actual_rows : rows;
}

static double memory_kb(const struct tl_plan_node *n)
{
    double rows = rows_of(n);
    double width = n->plan_width > 0 ? n->plan_width : 0;
    double buckets = 1024;

    if (is_hash_aggregate(n))
        return rows * (TL_HASH_GROUP_BYTES + TL_HASH_GROUP_GROWTH * width) / KB;
    while (buckets < rows && buckets < 1e12)
        buckets *= 2;
    return (rows * (TL_HASH_ROW_BYTES + ALIGNED(width)) +
            buckets * TL_HASH_BUCKET_BYTES) /
           KB;
}

static bool spills(const struct tl_plan *p, const struct tl_plan_node *n)
{
    if (n->never_executed)
        return false;
    if (tl_str_is(n->type, "Hash"))
        return n->hash_batches > 1 &&
               memory_kb(n) >= tl_limit(p, TL_HASH_SPILL_KB);
    if (!is_hash_aggregate(n))
        return false;
    /* Without ANALYZE the planner's word is all there is. */
    if (n->actual_loops < 0)
        return n->planned_partitions > 0 &&
               memory_kb(n) >= tl_limit(p, TL_HASH_SPILL_KB);
    return n->disk_kb >= tl_limit(p, TL_HASH_SPILL_KB);
}

static struct tl_finding *speak(struct tl_ctx *ctx,
                                const struct tl_plan_node *n, double need)
{
    struct tl_str memory = tl_size_text(ctx, need);
    struct tl_str disk = tl_size_text(ctx, n->disk_kb);

    if (tl_str_is(n->type, "Hash"))
        return tl_report(ctx, n->span,
                         "A Hash of %.0f rows goes to disk in %.0f batches: "
                         "it needs about %.*s of memory.",
                         rows_of(n), n->hash_batches, TL_FMT(memory));
    if (n->actual_loops >= 0)
        return tl_report(ctx, n->span,
                         "A hash aggregate of %.0f groups writes %.*s to "
                         "disk: it needs about %.*s of memory.",
                         rows_of(n), TL_FMT(disk), TL_FMT(memory));
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "The planner expects a hash aggregate of about %.0f groups to go to "
        "disk in %.0f partitions: it needs about %.*s of memory.",
        rows_of(n), n->planned_partitions, TL_FMT(memory));
    tl_set_severity(f, TL_NOTE);
    return f;
}

static void add_detail(struct tl_ctx *ctx, struct tl_finding *f,
                       const struct tl_plan *plan, unsigned others)
{
    struct tl_str now = tl_plan_setting(plan, "work_mem");
    struct tl_str more = TL_NONE;

    if (others)
        more =
            tl_printf(ctx, "; %u more hash table%s of the plan go%s to disk",
                      others, others == 1 ? "" : "s", others == 1 ? "es" : "");
    tl_detail(ctx, f,
              "a hash table may take work_mem%s%.*s%s times "
              "hash_mem_multiplier, which is %g%.*s",
              now.n ? " (" : "", TL_FMT(now), now.n ? ")" : "",
              tl_hash_multiplier(ctx, plan), TL_FMT(more));
}

/* The scan that gave the rows that the planner did not expect. */
static const struct tl_plan_node *culprit(const struct tl_plan *plan,
                                          const struct tl_plan_node *hash)
{
    const struct tl_plan_node *end = plan->nodes + hash->end;

    for (const struct tl_plan_node *n = hash + 1; n < end; n++)
        if (n->relation.n && n->plan_rows > 0 &&
            n->actual_rows >= TL_ESTIMATE_OFF * n->plan_rows)
            return n;
    return NULL;
}

/* More batches than planned are the estimate's fault, and memory its cure only
   when that stays wrong. */
static void explain_estimate(struct tl_ctx *ctx, struct tl_finding *f,
                             const struct tl_plan *plan,
                             const struct tl_plan_node *n, struct tl_str memory)
{
    const struct tl_plan_node *scan = culprit(plan, n);
    struct tl_str first = TL_STR("ANALYZE the tables first.");

    if (scan) {
        first = tl_better_estimate(ctx, plan, scan);
        tl_explains(ctx, f, "misestimate", scan);
    }
    tl_help(ctx, f,
            "The planner expected %.0f rows: %.*s Then SET LOCAL work_mem = "
            "'%.*s'; before the query.",
            n->plan_rows, TL_FMT(first), TL_FMT(memory));
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, unsigned others)
{
    double need = memory_kb(n);
    double work_mem = need / tl_hash_multiplier(ctx, plan);
    struct tl_finding *f = speak(ctx, n, need);
    struct tl_str memory = tl_memory_text(ctx, work_mem);
    bool unexpected = tl_str_is(n->type, "Hash") && n->plan_rows > 0 &&
                      n->actual_rows >= 10 * n->plan_rows;

    add_detail(ctx, f, plan, others);
    tl_about_node(ctx, f, plan, n);
    if (unexpected)
        explain_estimate(ctx, f, plan, n, memory);
    else if (work_mem > TL_WORK_MEM_MOST_KB)
        tl_help(ctx, f,
                "That is more memory than one query should take: filter "
                "before joining or grouping, and select fewer columns.");
    else
        tl_help(ctx, f, "SET LOCAL work_mem = '%.*s'; before the query%s.",
                TL_FMT(memory),
                is_hash_aggregate(n)
                    ? "; array_agg() and sums of numeric take more"
                    : "");
}

/* work_mem is set for a query: its largest table says what all need. */
static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    const struct tl_plan_node *worst = NULL;
    unsigned spilling = 0;

    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];

        if (!spills(plan, n))
            continue;
        spilling++;
        if (!worst || memory_kb(n) > memory_kb(worst))
            worst = n;
    }
    if (worst)
        report(ctx, plan, worst, spilling - 1);
}

TL_RULE(hash_spill) = {
    .id = "TL508",
    .name = "hash-spill",
    .summary = "a hash table does not fit in memory and goes to disk",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
