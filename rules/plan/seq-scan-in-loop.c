/*
 * seq-scan-in-loop - a table is read whole again for each row of another one.
 */
#include <tusklint/rule.h>

/* An index must be led by what ties the table to the row at hand. */
static bool is_tied(const struct tl_scan *s)
{
    for (uint32_t i = 0; i < s->n_plain; i++)
        if (!s->plain[i]->value_is_constant)
            return true;
    return false;
}

static void add_help(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_plan_node *n, const struct tl_scan *s)
{
    struct tl_str index = tl_scan_index(ctx, n, s);
    const char *lint =
        s->relation ? "" : " (If no index begins with these columns.)";

    if (index.n && is_tied(s))
        tl_help(ctx, f, "%.*s%s", TL_FMT(index), lint);
    else if (s->wrapped) {
        struct tl_str wrapped = tl_condition_text(ctx, s->wrapped);

        tl_help(ctx, f,
                "Compare %.*s itself, so that an index on it can find the "
                "rows, or index what is computed: %.*s.",
                TL_FMT(s->wrapped->column), TL_FMT(wrapped));
    } else
        tl_help(ctx, f,
                "Join on equal columns, so that the table can be read once "
                "into a hash, or looked up by an index.");
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, const struct tl_scan *s)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str time = tl_node_time(ctx, n);
    const char *about = s->measured ? "" : "about ";
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "A Seq Scan of %.*s runs %s%.0f times and reads %s%.0f rows to keep "
        "%.0f%.*s.",
        TL_FMT(table), about, s->times, about, s->scanned, s->kept,
        TL_FMT(time));

    tl_detail(ctx, f, "once for each row of the %s, the condition is %.*s",
              tl_str_is(tl_plan_repeated(plan, n)->relationship, "SubPlan")
                  ? "query around it"
                  : "loop's outer side",
              TL_FMT(s->filter));
    tl_object(ctx, f, name, s->n_plain ? s->plain[0]->column : TL_NONE);
    tl_about_node(ctx, f, plan, n);
    add_help(ctx, f, n, s);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        struct tl_scan scan;

        if (tl_judge_scan(ctx, plan, &plan->nodes[i], &scan) == TL_SCAN_IN_LOOP)
            report(ctx, plan, &plan->nodes[i], &scan);
    }
}

TL_RULE(seq_scan_in_loop) = {
    .id = "TL502",
    .name = "seq-scan-in-loop",
    .summary = "a table is read whole again for each row of another",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_ERROR,
    .on_plan = check,
};
