/*
 * hot-shape - one query that takes a large part of all the time.
 */
#include <tusklint/rule.h>

#define SHARE 0.2
/* A capture of a few milliseconds has no hot place. */
#define TOTAL_MS 100
#define SHAPES 3

static void report(struct tl_ctx *ctx, const struct tl_shape *s, double total)
{
    double share = 100 * s->total_ms / total;
    struct tl_finding *f = tl_report(
        ctx, s->span,
        "This query takes %.0f %% of the capture's time: %.4g ms in %llu "
        "call%s.",
        share, s->total_ms, (unsigned long long)s->calls,
        s->calls == 1 ? "" : "s");

    f->statement_key = s->hash;
    if (s->n_tables)
        tl_object(ctx, f, s->tables[0].name, s->key_column);
    tl_detail(ctx, f, "%.4g ms on average, %.4g ms at most",
              s->total_ms / (double)(s->calls ? s->calls : 1), s->max_ms);
    tl_help(ctx, f,
            "What is gained here counts most: look at its plan "
            "(EXPLAIN (ANALYZE, BUFFERS)) and at how often it is "
            "asked.");
}

static void check(struct tl_ctx *ctx)
{
    double total = 0;
    unsigned n = 0;

    for (const struct tl_shape *s = NULL; (s = tl_next_shape(ctx, s));) {
        total += s->total_ms > 0 ? s->total_ms : 0;
        n += s->total_ms > 0;
    }
    if (total < TOTAL_MS || n < SHAPES)
        return;
    for (const struct tl_shape *s = NULL; (s = tl_next_shape(ctx, s));)
        if (s->from_capture && s->total_ms > SHARE * total)
            report(ctx, s, total);
}

TL_RULE(hot_shape) = {
    .id = "TL408",
    .name = "hot-shape",
    .summary = "one query takes a large part of the capture's time",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_NOTE,
    .on_end = check,
};
