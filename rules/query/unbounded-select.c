/*
 * unbounded-select - a query that gives a thousand rows and more a call, and
 * nothing in it says how many at most.
 *
 * Only of statistics (pg_stat_statements), which count the rows: how large a
 * table is cannot be seen in a query.
 */
#include <tusklint/rule.h>

#define ROWS 1000

static bool is_bounded(const PgQuery__SelectStmt *s)
{
    return s->limit_count || s->n_values_lists || !s->n_from_clause;
}

static void check(struct tl_ctx *ctx)
{
    const struct tl_node *root = tl_tree(ctx)->nodes;
    const struct tl_shape *s = tl_statement_shape(ctx);

    /* A batch has as many rows as were asked for. */
    if (!s || !s->from_statistics || !s->calls || s->class == TL_CLASS_BATCH ||
        !tl_tree(ctx)->count || root->kind != TL_KIND(SELECT_STMT) ||
        is_bounded(TL_AS(SELECT_STMT, SelectStmt, root)))
        return;
    double rows = s->rows / (double)s->calls;
    if (rows < ROWS)
        return;
    struct tl_finding *f = tl_report(
        ctx, tl_statement_span(ctx),
        "This query gives %.0f rows a call and has no LIMIT: it grows with "
        "its tables.",
        rows);

    if (s->n_tables)
        tl_object(ctx, f, s->tables[0].name, TL_NONE);
    tl_detail(ctx, f, "%.0f rows in %llu call%s", s->rows,
              (unsigned long long)s->calls, s->calls == 1 ? "" : "s");
    tl_help(ctx, f,
            "Read pages: WHERE key > the last one ORDER BY key LIMIT n; what "
            "must be read whole, read with a cursor.");
}

TL_RULE(unbounded_select) = {
    .id = "TL335",
    .name = "unbounded-select",
    .summary = "a query without LIMIT that gives a thousand rows and more",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .opt_in = true,
    .on_statement = check,
};
