/*
 * union-instead-of-union-all - UNION sorts or hashes all rows for duplicates.
 */
#include <tusklint/rule.h>

/* Values that one arm alone has: 'car' AS kind. */
static bool has_constant(const PgQuery__SelectStmt *s, size_t at)
{
    if (at >= s->n_target_list ||
        s->target_list[at]->node_case != TL_KIND(RES_TARGET))
        return false;
    const PgQuery__Node *v = s->target_list[at]->res_target->val;

    while (v && v->node_case == TL_KIND(TYPE_CAST))
        v = v->type_cast->arg;
    return v && v->node_case == TL_KIND(A_CONST) && !v->a_const->isnull;
}

/* Both have a constant in one place: it is there to tell them apart. */
static bool are_told_apart(const PgQuery__SelectStmt *s)
{
    for (size_t i = 0; i < s->larg->n_target_list; i++)
        if (has_constant(s->larg, i) && has_constant(s->rarg, i))
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);

    if (s->op != PG_QUERY__SET_OPERATION__SETOP_UNION || s->all || !s->larg ||
        !s->rarg || !are_told_apart(s))
        return;
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, node),
        "UNION compares all rows for duplicates, and a constant already tells "
        "the two sides apart.");

    tl_help(ctx, f,
            "Write UNION ALL, unless one side has duplicates of its "
            "own that must go.");
}

TL_RULE(union_instead_of_union_all) = {
    .id = "TL316",
    .name = "union-instead-of-union-all",
    .summary = "UNION looks for duplicates where there can be none",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,
};
