/*
 * capture-incomplete - what a capture does not show could not be judged: said,
 * so that nobody takes silence for "nothing found".
 */
#include <tusklint/rule.h>

static const char *plural(const struct tl_gap *g)
{
    return g->n == 1 ? "" : "s";
}

static void report_cut(struct tl_ctx *ctx, const struct tl_gap *g)
{
    struct tl_finding *f = tl_report(
        ctx, g->first,
        "%llu statement%s of this capture %s cut off and not judged.",
        (unsigned long long)g->n, plural(g), g->n == 1 ? "is" : "are");

    tl_help(ctx, f,
            "Raise the limit of what wrote it: track_activity_query_size for "
            "what comes from pg_stat_activity, else that of the collector.");
}

static void report_parameters(struct tl_ctx *ctx, const struct tl_gap *g)
{
    struct tl_finding *f = tl_report(
        ctx, g->first,
        "%llu series of one query again and again %s not judged: parameters "
        "are missing or cut.",
        (unsigned long long)g->n, g->n == 1 ? "is" : "are");

    tl_detail(ctx, f,
              "Nobody can tell whether they ask for the same, for a list of "
              "keys, or for what belongs to different requests.");
    tl_help(ctx, f,
            "Log them whole: log_parameter_max_length = -1, and "
            "log_min_duration_statement or log_statement; in a trace, its "
            "parameters and the id of the request.");
}

static void report_hidden(struct tl_ctx *ctx, const struct tl_gap *g)
{
    struct tl_finding *f = tl_report(
        ctx, g->first,
        "%llu statement%s of other users %s not judged: the text is hidden.",
        (unsigned long long)g->n, plural(g), g->n == 1 ? "is" : "are");

    tl_help(ctx, f,
            "Read pg_stat_statements as a member of pg_read_all_stats.");
}

static void report_quick(struct tl_ctx *ctx, const struct tl_gap *g)
{
    struct tl_finding *f = tl_report(
        ctx, g->first,
        "Of %llu statements none took less than %.3g ms: the log leaves quick "
        "ones out, so loops of them are not seen.",
        (unsigned long long)g->n, g->ms);

    tl_help(ctx, f,
            "log_min_duration_statement = 0 in a test, or traces; for numbers "
            "from production, pg_stat_statements.");
}

static void report_sample(struct tl_ctx *ctx, const struct tl_gap *g)
{
    struct tl_finding *f =
        tl_report(ctx, g->first,
                  "%llu transactions begin where another one is open: the log "
                  "is a sample, and loops and pauses in it are not sure.",
                  (unsigned long long)g->n);

    tl_help(ctx, f,
            "log_transaction_sample_rate logs a share of the transactions, "
            "each as a whole; log_statement_sample_rate tears them apart.");
}

static void report_clock(struct tl_ctx *ctx, const struct tl_gap *g)
{
    struct tl_finding *f = tl_report(
        ctx, g->first,
        "The times of this log go back by %.4g s: what lies across is not "
        "judged by its pauses.",
        g->ms / 1000);

    tl_detail(ctx, f, "%llu time%s in all.", (unsigned long long)g->n,
              plural(g));
    tl_help(ctx, f,
            "Give the logs of several servers or days as files of their own, "
            "and log in UTC, which has no summer.");
}

static void check(struct tl_ctx *ctx, const struct tl_gap *g)
{
    switch (g->kind) {
    case TL_GAP_CUT:
        report_cut(ctx, g);
        return;
    case TL_GAP_PARAMETERS:
        report_parameters(ctx, g);
        return;
    case TL_GAP_HIDDEN:
        report_hidden(ctx, g);
        return;
    case TL_GAP_QUICK:
        report_quick(ctx, g);
        return;
    case TL_GAP_SAMPLE:
        report_sample(ctx, g);
        return;
    case TL_GAP_CLOCK:
        report_clock(ctx, g);
        return;
    }
}

TL_RULE(capture_incomplete) = {
    .id = "TL411",
    .name = "capture-incomplete",
    .summary = "the capture lacks what some rules need to judge",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_NOTE,
    .on_gap = check,
};
