/*
 * upsert-on-read - a request that only reads tries to insert first.
 *
 * "Make it unless it is there" before each reading. Only where the request's
 * method says that it reads; what a session did in order is not asked for.
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

static void check(struct tl_ctx *ctx)
{
    const struct tl_node *root = tl_tree(ctx)->nodes;
    const struct tl_shape *s = tl_statement_shape(ctx);
    const struct tl_seen *route = s ? reading_route(s) : NULL;

    if (!route || !tl_tree(ctx)->count || root->kind != TL_KIND(INSERT_STMT) ||
        !does_nothing_on_conflict(TL_AS(INSERT_STMT, InsertStmt, root)))
        return;
    struct tl_finding *f = tl_report(
        ctx, tl_statement_span(ctx),
        "A request that reads (%.*s) tries to insert first, %llu time%s: no "
        "replica can serve it.",
        TL_FMT(route->text), (unsigned long long)route->calls,
        route->calls == 1 ? "" : "s");

    tl_detail(ctx, f,
              "A conflict costs, too: a serial or identity column has drawn "
              "its next value by then.");
    tl_help(ctx, f, "Read first, and insert only when nothing was found.");
}

TL_RULE(upsert_on_read) = {
    .id = "TL334",
    .name = "upsert-on-read",
    .summary = "a reading request that begins with INSERT ... ON CONFLICT",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .on_statement = check,
};
