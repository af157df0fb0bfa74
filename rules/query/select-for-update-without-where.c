/*
 * select-for-update-without-where - locks every row of the table, one by one.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);

    if (!s->n_locking_clause || s->where_clause || s->limit_count ||
        s->n_from_clause != 1 ||
        s->from_clause[0]->node_case != TL_KIND(RANGE_VAR))
        return;
    const PgQuery__RangeVar *r = s->from_clause[0]->range_var;
    const struct tl_name name = {tl_str_c(r->schemaname), tl_str_c(r->relname)};

    /* What WITH names may be one row. */
    if (!tl_find_relation(tl_after(ctx), name, NULL))
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, node),
                  "This locks every row of %.*s, and writes each to say so.",
                  TL_FMT(tl_name_text(ctx, name)));

    tl_object(ctx, f, name, TL_NONE);
    tl_help(ctx, f,
            "Add a WHERE or a LIMIT; to keep everybody out, LOCK TABLE "
            "is one lock.");
}

TL_RULE(select_for_update_without_where) = {
    .id = "TL333",
    .name = "select-for-update-without-where",
    .summary = "SELECT ... FOR UPDATE of a whole table",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,
};
