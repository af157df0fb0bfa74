/*
 * upsert-on-read - inserts, in case the row is not there, before it reads.
 *
 * Said where the request's method says that it reads, and where the look-up in
 * the same table comes next again and again.
 */
#include <tusklint/rule.h>

static bool begins_with_get(struct tl_str route)
{
    return route.n > 4 && memcmp(route.p, "GET ", 4) == 0;
}

static const struct tl_seen *reading_route(const struct tl_shape *s)
{
    for (uint32_t i = 0; i < s->n_routes; i++)
        if (begins_with_get(s->routes[i].text))
            return &s->routes[i];
    return NULL;
}

static bool does_nothing_on_conflict(const PgQuery__InsertStmt *s)
{
    return s->on_conflict_clause &&
           s->on_conflict_clause->action ==
               PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_NOTHING;
}

static struct tl_finding *tell_route(struct tl_ctx *ctx,
                                     const struct tl_seen *route)
{
    return tl_report(
        ctx, tl_statement_span(ctx),
        "A request that reads (%.*s) tries to insert first, %llu time%s: no "
        "replica can serve it.",
        TL_FMT(route->text), (unsigned long long)route->calls,
        route->calls == 1 ? "" : "s");
}

/* So often, and in at least half of its executions. */
#define READS_MIN 5

static struct tl_finding *tell_reads(struct tl_ctx *ctx,
                                     const struct tl_shape *s)
{
    if (!s->read_after || s->reads_after < READS_MIN ||
        s->reads_after * 2 < s->calls)
        return NULL;
    struct tl_finding *f = tl_report(
        ctx, tl_statement_span(ctx),
        "%llu of %llu times the row is looked up right after it was inserted "
        "in case it was not there.",
        (unsigned long long)s->reads_after, (unsigned long long)s->calls);

    tl_related(ctx, f, s->read_after->span, "this look-up comes next");
    return f;
}

static void check(struct tl_ctx *ctx)
{
    const struct tl_node *root = tl_tree(ctx)->nodes;
    const struct tl_shape *s = tl_statement_shape(ctx);

    if (!s || !tl_tree(ctx)->count || root->kind != TL_KIND(INSERT_STMT) ||
        !does_nothing_on_conflict(TL_AS(INSERT_STMT, InsertStmt, root)))
        return;
    const struct tl_seen *route = reading_route(s);
    struct tl_finding *f = route ? tell_route(ctx, route) : tell_reads(ctx, s);
    if (!f)
        return;
    tl_detail(ctx, f,
              "A conflict costs, too: a serial or identity column has drawn "
              "its next value by then.");
    tl_help(ctx, f, "Read first, and insert only when nothing was found.");
}

TL_RULE(upsert_on_read) = {
    .id = "TL334",
    .name = "upsert-on-read",
    .summary = "INSERT ... ON CONFLICT DO NOTHING before each reading",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .on_statement = check,
};
