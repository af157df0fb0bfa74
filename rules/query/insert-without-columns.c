/*
 * insert-without-columns - values that find their columns by counting.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__InsertStmt *s = TL_AS(INSERT_STMT, InsertStmt, node);

    if (s->n_cols || !s->select_stmt || !s->relation)
        return;
    const struct tl_name name = {tl_str_c(s->relation->schemaname),
                                 tl_str_c(s->relation->relname)};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, node),
        "This INSERT counts on the order of the columns of %.*s: one that is "
        "added breaks it, or gets the wrong value.",
        TL_FMT(table));

    tl_object(ctx, f, name, TL_NONE);
    tl_help(ctx, f, "Name the columns behind the table.");
}

TL_RULE(insert_without_columns) = {
    .id = "TL330",
    .name = "insert-without-columns",
    .summary = "an INSERT that counts on the order of columns",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(INSERT_STMT)),
    .on_node = check,
};
