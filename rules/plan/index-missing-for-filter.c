/*
 * index-missing-for-filter - a table is read whole because no index begins
 * with a column that the filter compares.
 */
#include <tusklint/rule.h>

static struct tl_str column_list(struct tl_ctx *ctx, const struct tl_scan *s)
{
    struct tl_str out = TL_NONE;

    for (uint32_t i = 0; i < s->n_plain; i++) {
        struct tl_str c = tl_quoted(ctx, s->plain[i]->column);

        out = i ? tl_printf(ctx, "%.*s or %.*s", TL_FMT(out), TL_FMT(c)) : c;
    }
    return out;
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, const struct tl_scan *s)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str columns = column_list(ctx, s);
    struct tl_str index = tl_scan_index(ctx, n, s);
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "A Seq Scan of %.*s reads %s%.0f rows to keep %.0f: no index begins "
        "with %.*s.",
        TL_FMT(table), s->measured ? "" : "about ", s->scanned, s->kept,
        TL_FMT(columns));

    tl_detail(ctx, f, "the filter is %.*s", TL_FMT(n->filter));
    tl_object(ctx, f, name, s->plain[0]->column);
    tl_about_node(ctx, f, plan, n);
    tl_help(ctx, f, "%.*s", TL_FMT(index));
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        struct tl_scan scan;

        if (tl_judge_scan(ctx, plan, &plan->nodes[i], &scan) ==
            TL_SCAN_NO_INDEX)
            report(ctx, plan, &plan->nodes[i], &scan);
    }
}

TL_RULE(index_missing_for_filter) = {
    .id = "TL503",
    .name = "index-missing-for-filter",
    .summary = "a sequential scan whose filter no index of the table serves",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
