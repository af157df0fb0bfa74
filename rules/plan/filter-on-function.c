/*
 * filter-on-function - the index is there, but the filter compares something
 * that is computed from its column.
 */
#include <tusklint/rule.h>

static const char *what(const struct tl_condition *c)
{
    switch (c->wrap) {
    case TL_WRAP_CAST:
        return "a cast";
    case TL_WRAP_FUNCTION:
        return "a function";
    case TL_WRAP_TIME_ZONE:
        return "AT TIME ZONE";
    case TL_WRAP_ARITHMETIC:
        return "arithmetic";
    case TL_WRAP_NONE:
    case TL_WRAP_OTHER:
        break;
    }
    return "an expression";
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, const struct tl_scan *s)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str index = tl_quoted(ctx, s->index->name.name);
    struct tl_str column = tl_quoted(ctx, s->wrapped->column);
    struct tl_str wrapped = tl_condition_text(ctx, s->wrapped);
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "A Seq Scan of %.*s reads %s%.0f rows to keep %.0f: index %.*s cannot "
        "serve the filter, because %s stands around %.*s.",
        TL_FMT(table), s->measured ? "" : "about ", s->scanned, s->kept,
        TL_FMT(index), what(s->wrapped), TL_FMT(column));

    tl_detail(ctx, f, "the filter is %.*s", TL_FMT(n->filter));
    tl_object(ctx, f, name, s->wrapped->column);
    tl_related(ctx, f, s->index->row.made, "%.*s is made here", TL_FMT(index));
    tl_about_node(ctx, f, plan, n);
    tl_help(ctx, f,
            "Compare %.*s itself with a value of its own type, or index what "
            "the filter computes: CREATE INDEX CONCURRENTLY ON %.*s ((%.*s)); "
            "(not possible when the value depends on a setting).",
            TL_FMT(column), TL_FMT(table), TL_FMT(wrapped));
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        struct tl_scan scan;

        if (tl_judge_scan(ctx, plan, &plan->nodes[i], &scan) == TL_SCAN_WRAPPED)
            report(ctx, plan, &plan->nodes[i], &scan);
    }
}

TL_RULE(filter_on_function) = {
    .id = "TL513",
    .name = "filter-on-function",
    .summary = "an index cannot serve a filter that wraps its column",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
