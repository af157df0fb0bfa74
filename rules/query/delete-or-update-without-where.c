/*
 * delete-or-update-without-where - every row, from the application.
 */
#include <tusklint/rule.h>

static void report(struct tl_ctx *ctx, const struct tl_node *node,
                   const PgQuery__RangeVar *relation, bool update)
{
    const struct tl_name name = {tl_str_c(relation->schemaname),
                                 tl_str_c(relation->relname)};
    struct tl_str table = tl_name_text(ctx, name);

    if (tl_has_one_row(ctx, name))
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, node), "This %s every row of %.*s.",
                  update ? "UPDATE rewrites" : "DELETE takes", TL_FMT(table));

    /* Tables of one row, kept by triggers, are written so. */
    if (tl_in_function(ctx))
        tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, name, TL_NONE);
    tl_help(ctx, f,
            update
                ? "Add a WHERE; if all rows are meant, write them in batches."
                : "Add a WHERE; if all rows are meant, TRUNCATE is faster "
                  "and leaves no dead rows.");
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    if (node->kind == TL_KIND(UPDATE_STMT)) {
        const PgQuery__UpdateStmt *s = TL_AS(UPDATE_STMT, UpdateStmt, node);

        if (!s->where_clause && s->relation)
            report(ctx, node, s->relation, true);
        return;
    }
    const PgQuery__DeleteStmt *s = TL_AS(DELETE_STMT, DeleteStmt, node);

    if (!s->where_clause && s->relation)
        report(ctx, node, s->relation, false);
}

TL_RULE(delete_or_update_without_where) = {
    .id = "TL336",
    .name = "delete-or-update-without-where",
    .summary = "the application changes or deletes every row of a table",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("update-without-where"),
    .nodes = TL_ON(TL_KIND(UPDATE_STMT), TL_KIND(DELETE_STMT)),
    .on_node = check,
};
