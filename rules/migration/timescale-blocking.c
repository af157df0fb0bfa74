/*
 * timescale-blocking - a continuous aggregate that is filled while it is made.
 *
 * TimescaleDB refuses CREATE MATERIALIZED VIEW ... WITH DATA in a transaction
 * block, and outside of one the statement lasts as long as the filling.
 */
#include <tusklint/rule.h>

#include <string.h>
#include <strings.h>

static bool is_continuous(const PgQuery__IntoClause *into)
{
    for (size_t i = 0; i < into->n_options; i++) {
        const PgQuery__DefElem *o = into->options[i]->def_elem;

        if (o && o->defnamespace && o->defname &&
            strcasecmp(o->defnamespace, "timescaledb") == 0 &&
            strcasecmp(o->defname, "continuous") == 0)
            return true;
    }
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__CreateTableAsStmt *s =
        TL_AS(CREATE_TABLE_AS_STMT, CreateTableAsStmt, node);

    if (!s->into || s->into->skip_data || !is_continuous(s->into))
        return;
    bool refused = tl_in_transaction(ctx) == TL_YES;
    struct tl_str reason = tl_transaction_reason(ctx);
    struct tl_finding *f = tl_report(
        ctx, tl_statement_span(ctx),
        refused ? "TimescaleDB refuses to fill a continuous aggregate in a "
                  "transaction."
                : "This statement lasts until the continuous aggregate is "
                  "filled from all of the data.");

    if (refused)
        tl_detail(ctx, f, "%.*s", TL_FMT(reason));
    tl_help(ctx, f,
            "Add WITH NO DATA, and let a policy or "
            "refresh_continuous_aggregate() fill it piece by piece.");
}

TL_RULE(timescale_blocking) = {
    .id = "TL156",
    .name = "timescale-blocking",
    .summary = "a TimescaleDB continuous aggregate is filled while it is made",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(CREATE_TABLE_AS_STMT)),
    .on_node = check,
};
