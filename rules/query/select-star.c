/*
 * select-star - every column, whoever adds one next year.
 */
#include <tusklint/rule.h>

/* Only what the query itself gives back: not EXISTS (SELECT *), not a CTE. */
static void check(struct tl_ctx *ctx)
{
    const struct tl_node *root = tl_tree(ctx)->nodes;

    if (!tl_tree(ctx)->count || root->kind != TL_KIND(SELECT_STMT))
        return;
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, root);

    for (size_t i = 0; i < s->n_target_list; i++) {
        const struct tl_node *target =
            tl_find_wrapped(tl_tree(ctx), root, s->target_list[i]);
        const struct tl_node *value =
            target && target->kind == TL_KIND(RES_TARGET)
                ? tl_find_wrapped(tl_tree(ctx), target,
                                  TL_AS(RES_TARGET, ResTarget, target)->val)
                : NULL;

        if (!value || value->kind != TL_KIND(COLUMN_REF))
            continue;
        const PgQuery__ColumnRef *c = TL_AS(COLUMN_REF, ColumnRef, value);

        if (c->n_fields == 0 ||
            c->fields[c->n_fields - 1]->node_case != TL_KIND(A_STAR))
            continue;
        struct tl_finding *f =
            tl_report(ctx, tl_node_span(ctx, value),
                      "SELECT * fetches every column, also those that are "
                      "added later.");

        tl_help(ctx, f,
                "Name the columns that are used: an index may then "
                "hold them all, and large ones stay on disk.");
        return;
    }
}

TL_RULE(select_star) = {
    .id = "TL317",
    .name = "select-star",
    .summary = "SELECT * fetches every column, also later ones",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .opt_in = true,
    .on_statement = check,
};
