/*
 * disabled-or-forced-node - the plan has a node that a setting switches off,
 * because there is no other way.
 */
#include <tusklint/rule.h>

struct switch_name {
    const char *type;
    const char *setting;
};

static const struct switch_name switches[] = {
    {"Seq Scan", "enable_seqscan"},
    {"Index Scan", "enable_indexscan"},
    {"Index Only Scan", "enable_indexonlyscan"},
    {"Bitmap Heap Scan", "enable_bitmapscan"},
    {"Tid Scan", "enable_tidscan"},
    {"Nested Loop", "enable_nestloop"},
    {"Hash Join", "enable_hashjoin"},
    {"Merge Join", "enable_mergejoin"},
    {"Sort", "enable_sort"},
    {"Aggregate", "enable_hashagg"},
    {"Materialize", "enable_material"},
};

/* Its cost began here: no child brought it. */
static bool costs_too_much(const struct tl_plan *plan,
                           const struct tl_plan_node *n)
{
    const struct tl_plan_node *end = plan->nodes + n->end;

    if (n->startup_cost < TL_DISABLED_COST)
        return false;
    for (const struct tl_plan_node *c = n + 1; c < end;
         c = plan->nodes + c->end)
        if (c->total_cost >= TL_DISABLED_COST)
            return false;
    return true;
}

static const char *setting_of(const struct tl_plan_node *n)
{
    for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
        if (tl_str_is(n->type, switches[i].type))
            return switches[i].setting;
    return NULL;
}

/* An index-only scan is one kind of index scan. */
static const char *name_setting(const struct tl_plan *plan,
                                const struct tl_plan_node *n)
{
    const char *setting = setting_of(n);

    if (tl_str_is(n->type, "Index Only Scan") &&
        tl_plan_setting(plan, "enable_indexscan").n)
        return "enable_indexscan";
    return setting;
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, unsigned others)
{
    struct tl_str node = tl_step_text(ctx, n);
    const char *setting = name_setting(plan, n);
    struct tl_str more =
        others ? tl_printf(ctx, "; so %s %u more node%s of the plan",
                           others == 1 ? "is" : "are", others,
                           others == 1 ? "" : "s")
               : TL_NONE;
    struct tl_finding *f =
        tl_report(ctx, n->span,
                  "%.*s is in the plan although %s%s off: the planner has no "
                  "other way.",
                  TL_FMT(node), setting ? setting : "a setting switches it",
                  setting ? " is" : "");

    tl_detail(ctx, f,
              "its costs say nothing any more, and plans above it are chosen "
              "by chance%.*s",
              TL_FMT(more));
    tl_about_node(ctx, f, plan, n);
    tl_help(ctx, f,
            "RESET %s; and give the planner what it lacks: an index, or "
            "fresh statistics.",
            setting ? setting : "ALL");
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    const struct tl_plan_node *first = NULL;
    unsigned found = 0;

    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];

        if (!n->disabled && !costs_too_much(plan, n))
            continue;
        found++;
        if (!first)
            first = n;
    }
    if (first)
        report(ctx, plan, first, found - 1);
}

TL_RULE(disabled_or_forced_node) = {
    .id = "TL523",
    .name = "disabled-or-forced-node",
    .summary = "the plan uses what a setting switches off",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_NOTE,
    .on_plan = check,
};
