/*
 * disk-reads - nearly all the pages that a query needs come from outside of
 * the shared buffers.
 */
#include <tusklint/rule.h>

static double own_read(const struct tl_plan *plan, const struct tl_plan_node *n)
{
    const struct tl_plan_node *end = plan->nodes + n->end;
    double own = n->shared_read > 0 ? n->shared_read : 0;

    for (const struct tl_plan_node *c = n + 1; c < end && own > 0;
         c = plan->nodes + c->end)
        own -= c->shared_read > 0 ? c->shared_read : 0;
    return own;
}

static const struct tl_plan_node *main_reader(const struct tl_plan *plan)
{
    const struct tl_plan_node *most = &plan->nodes[0];
    double blocks = 0;

    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];
        /* Gather has what its workers read until they were counted. */
        double own = n->workers_launched >= 0 ? 0 : own_read(plan, n);

        if (own > blocks) {
            most = n;
            blocks = own;
        }
    }
    return most;
}

static bool reads_much(const struct tl_plan *plan)
{
    const struct tl_plan_node *root = &plan->nodes[0];
    double hit = root->shared_hit > 0 ? root->shared_hit : 0;
    double whole = tl_plan_ms(plan);

    if (!plan->analyzed || root->shared_read < tl_limit(plan, TL_DISK_BLOCKS) ||
        root->shared_read < tl_limit(plan, TL_DISK_TIMES) * hit)
        return false;
    /* The catalogs were not there either: the server has just started. */
    if (plan->planning_read > 0)
        return false;
    /* With track_io_timing: the operating system had the pages. */
    return root->io_read_ms <= 0 || whole <= 0 ||
           root->io_read_ms >= tl_limit(plan, TL_DISK_TIME_PART) * whole;
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n)
{
    const struct tl_plan_node *root = &plan->nodes[0];
    struct tl_name name = {n->schema, n->relation};
    double hit = root->shared_hit > 0 ? root->shared_hit : 0;
    struct tl_str in = tl_size_text(ctx, hit * TL_KB_PER_BLOCK);
    struct tl_str out = tl_size_text(ctx, root->shared_read * TL_KB_PER_BLOCK);
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "The query reads %.*s from outside of the shared buffers and finds "
        "%.*s in them, most of it in the %.*s%s%.*s.",
        TL_FMT(out), TL_FMT(in), TL_FMT(n->type), n->relation.n ? " of " : "",
        TL_FMT(table));

    if (root->io_read_ms > 0)
        tl_detail(ctx, f, "reading took %.1f ms of %.1f ms", root->io_read_ms,
                  tl_plan_ms(plan));
    else
        tl_detail(ctx, f,
                  "the operating system may have had the pages: "
                  "track_io_timing says how long reading took");
    tl_about_node(ctx, f, plan, n);
    tl_help(ctx, f,
            "Explain it a second time. If it reads as much, let it need fewer "
            "pages (an index with all the columns it asks for), or raise "
            "shared_buffers.");
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    struct tl_scan scan;

    if (!reads_much(plan))
        return;
    const struct tl_plan_node *n = main_reader(plan);
    /* A scan that reads too much is told already, with what to do. */
    if (tl_judge_scan(ctx, plan, n, &scan) == TL_SCAN_FINE)
        report(ctx, plan, n);
}

TL_RULE(disk_reads) = {
    .id = "TL522",
    .name = "disk-reads",
    .summary = "nearly all pages of a query come from outside of the buffers",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_NOTE,
    .on_plan = check,
};
