/*
 * deep-offset - the rows before the page are read and thrown away.
 */
#include <tusklint/rule.h>

#define DEEP 1000

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);
    const struct tl_node *offset =
        tl_find_wrapped(tl_tree(ctx), node, s->limit_offset);

    if (!offset || !s->n_from_clause)
        return;
    bool parameter = offset->kind == TL_KIND(PARAM_REF);
    bool deep = false;
    if (offset->kind == TL_KIND(A_CONST)) {
        const PgQuery__AConst *c = TL_AS(A_CONST, AConst, offset);

        deep = c->val_case == PG_QUERY__A__CONST__VAL_IVAL &&
               c->ival->ival >= DEEP;
    }
    /* Without an order the pages do not even fit together. */
    if (!deep && !(parameter && s->n_sort_clause))
        return;
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, offset),
        "OFFSET reads the rows that it leaves out: each page costs more than "
        "the one before.");

    if (parameter)
        tl_set_severity(f, TL_NOTE);
    tl_help(ctx, f,
            "Begin behind the last row of the page before: WHERE (sort "
            "columns, id) > (its values) ORDER BY the same LIMIT n.");
}

TL_RULE(deep_offset) = {
    .id = "TL312",
    .name = "deep-offset",
    .summary = "OFFSET reads the rows that it leaves out",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("deep-pagination"),
    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,
};
