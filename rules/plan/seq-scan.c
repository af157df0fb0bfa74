/*
 * seq-scan - a whole table is read to keep a few of its rows.
 */
#include <tusklint/rule.h>

static void add_help(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_plan_node *n, const struct tl_scan *s)
{
    struct tl_str index = tl_scan_index(ctx, n, s);

    if (index.n && !s->relation) {
        tl_help(ctx, f,
                "If no index begins with these columns: %.*s Lint the "
                "migrations too, and tusklint knows.",
                TL_FMT(index));
    } else if (s->wrapped) {
        struct tl_str table =
            tl_name_text(ctx, (struct tl_name){n->schema, n->relation});
        struct tl_str wrapped = tl_condition_text(ctx, s->wrapped);

        tl_help(ctx, f,
                "Compare %.*s itself, or index what the filter computes: "
                "CREATE INDEX CONCURRENTLY ON %.*s ((%.*s));",
                TL_FMT(s->wrapped->column), TL_FMT(table), TL_FMT(wrapped));
    } else {
        tl_help(ctx, f,
                "No single plain b-tree index can serve this filter: look at "
                "each side of an OR, and at an index of another method or "
                "operator class for patterns, arrays and documents.");
    }
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, const struct tl_scan *s)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_finding *f = tl_report(
        ctx, n->span, "A Seq Scan of %.*s reads %s%.0f rows to keep %.0f.",
        TL_FMT(table), s->measured ? "" : "about ", s->scanned, s->kept);

    tl_detail(ctx, f, "the filter is %.*s", TL_FMT(n->filter));
    tl_about_node(ctx, f, plan, n);
    add_help(ctx, f, n, s);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        struct tl_scan scan;

        if (tl_judge_scan(ctx, plan, &plan->nodes[i], &scan) == TL_SCAN_OTHER)
            report(ctx, plan, &plan->nodes[i], &scan);
    }
}

TL_RULE(seq_scan) = {
    .id = "TL501",
    .name = "seq-scan",
    .summary = "a sequential scan reads a large table to keep a few rows",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
