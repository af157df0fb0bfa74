/*
 * low-cache-or-memoize - a Memoize that finds next to nothing of what it
 * keeps.
 */
#include <tusklint/rule.h>

static double given(double figure)
{
    return figure > 0 ? figure : 0;
}

static double lookups(const struct tl_plan_node *n)
{
    return given(n->cache_hits) + given(n->cache_misses);
}

/* Entries that made room for others, or never had any. */
static double thrown_out(const struct tl_plan_node *n)
{
    return given(n->cache_evictions) + given(n->cache_overflows);
}

static bool is_useless(const struct tl_plan *p, const struct tl_plan_node *n)
{
    double hits = given(n->cache_hits);
    double all = lookups(n);

    if (!tl_str_is(n->type, "Memoize") || all < tl_limit(p, TL_MEMOIZE_LOOKUPS))
        return false;
    return hits < tl_limit(p, TL_MEMOIZE_HITS_PART) * all ||
           (thrown_out(n) > hits &&
            hits < tl_limit(p, TL_MEMOIZE_CHURN_PART) * all);
}

static void add_help(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_plan *plan, const struct tl_plan_node *n)
{
    double kept = given(n->cache_misses) - thrown_out(n);

    if (thrown_out(n) <= 0) {
        tl_help(ctx, f,
                "The keys repeat less than the planner thinks: ANALYZE the "
                "tables, or ALTER TABLE ... ALTER COLUMN ... SET (n_distinct = "
                "-1); for the key; SET LOCAL enable_memoize = off; does "
                "without.");
        return;
    }
    double kb = kept >= 1 && n->peak_memory_kb > 0
                    ? n->peak_memory_kb * given(n->cache_misses) / kept /
                          tl_hash_multiplier(ctx, plan)
                    : -1;
    struct tl_str memory = tl_memory_text(ctx, kb);
    if (kb > 0 && kb <= TL_WORK_MEM_MOST_KB)
        tl_help(ctx, f,
                "At most %.*s of work_mem keep them all (SET LOCAL work_mem = "
                "'%.*s';); if the keys hardly repeat, SET LOCAL enable_memoize "
                "= off; does without.",
                TL_FMT(memory), TL_FMT(memory));
    else
        tl_help(ctx, f,
                "Raise work_mem for the query, or SET LOCAL enable_memoize = "
                "off; where the keys hardly repeat.");
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n)
{
    struct tl_str now = tl_plan_setting(plan, "work_mem");
    struct tl_str evicted =
        given(n->cache_evictions) > 0
            ? tl_printf(ctx, ": %.0f entries made room for others",
                        n->cache_evictions)
            : TL_NONE;
    struct tl_finding *f = tl_report(
        ctx, n->span, "A Memoize finds %.0f of %.0f look-ups in its cache%.*s.",
        given(n->cache_hits), lookups(n), TL_FMT(evicted));

    if (given(n->cache_overflows) > 0)
        tl_detail(ctx, f, "%.0f were too large to be kept", n->cache_overflows);
    else if (now.n)
        tl_detail(ctx, f, "work_mem is %.*s", TL_FMT(now));
    tl_about_node(ctx, f, plan, n);
    add_help(ctx, f, plan, n);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++)
        if (is_useless(plan, &plan->nodes[i]))
            report(ctx, plan, &plan->nodes[i]);
}

TL_RULE(low_cache_or_memoize) = {
    .id = "TL526",
    .name = "low-cache-or-memoize",
    .summary = "a Memoize finds next to nothing in its cache",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_NOTE,
    .on_plan = check,
};
