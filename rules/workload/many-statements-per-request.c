/*
 * many-statements-per-request - one request that asks the server for so much,
 * one thing after the other, that the round trips are its time.
 */
#include <tusklint/rule.h>

static struct tl_str name_of(struct tl_ctx *ctx, const struct tl_request *r)
{
    if (r->name.n)
        return tl_printf(ctx, " (%.*s)", TL_FMT(r->name));
    if (r->application.n)
        return tl_printf(ctx, " (of %.*s)", TL_FMT(r->application));
    return TL_STR("");
}

static struct tl_str time_of(struct tl_ctx *ctx, const struct tl_request *r)
{
    if (r->total_ms < 0)
        return TL_STR("");
    return tl_printf(ctx, ", %.4g ms in SQL", r->total_ms);
}

/* What of it loops repeat, they say themselves. */
static struct tl_str loops_of(struct tl_ctx *ctx, const struct tl_request *r)
{
    if (!r->repeated)
        return TL_STR("");
    return tl_printf(ctx, "; %u without what its loops repeat",
                     r->statements - r->repeated);
}

static struct tl_str most_of(struct tl_ctx *ctx, const struct tl_request *r)
{
    if (r->most_n < 2)
        return TL_STR("");
    return tl_printf(ctx, " Most often, %u times: %.*s", r->most_n,
                     TL_FMT(r->most->display));
}

static void check(struct tl_ctx *ctx, const struct tl_request *r)
{
    if (r->statements - r->repeated <= TL_REQUEST_STATEMENTS)
        return;
    struct tl_finding *f = tl_report(
        ctx, r->first, "%u statements in one request%.*s%.*s.", r->statements,
        TL_FMT(name_of(ctx, r)), TL_FMT(time_of(ctx, r)));
    /* The baseline knows it by its name. */
    f->statement_key = r->hash;
    tl_detail(ctx, f, "%u different ones%.*s; %u such request%s in all.%.*s",
              r->shapes, TL_FMT(loops_of(ctx, r)), r->n, r->n == 1 ? "" : "s",
              TL_FMT(most_of(ctx, r)));
    tl_help(ctx, f,
            "Each is a round trip. Ask for what belongs together in one query "
            "(JOIN, = ANY($1)), keep what seldom changes in a cache, and leave "
            "to a background job what the answer does not need.");
    tl_related(ctx, f, r->last, "the last of the %u", r->statements);
}

TL_RULE(many_statements_per_request) = {
    .id = "TL405",
    .name = "many-statements-per-request",
    .summary = "one request runs more than 50 statements",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_NOTE,
    .on_request = check,
};
