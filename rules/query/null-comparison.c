/*
 * null-comparison - a comparison with NULL is never true.
 */
#include <tusklint/rule.h>

static bool is_null(const PgQuery__Node *n)
{
    return n && n->node_case == TL_KIND(A_CONST) && n->a_const->isnull;
}

static struct tl_str operator_of(const PgQuery__AExpr *e)
{
    return e->n_name == 1 && e->name[0]->node_case == TL_KIND(STRING)
               ? tl_str_c(e->name[0]->string->sval)
               : TL_NONE;
}

/* Is it, with AND, OR and NOT, a CHECK, whose rows pass unless it is false? */
static bool is_of_check(const struct tl_tree *tree, const struct tl_node *n)
{
    do
        n = tl_parent(tree, n);
    while (n && n->kind == TL_KIND(BOOL_EXPR));
    return n && n->kind == TL_KIND(CONSTRAINT) &&
           TL_AS(CONSTRAINT, Constraint, n)->contype ==
               PG_QUERY__CONSTR_TYPE__CONSTR_CHECK;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, node);
    struct tl_str op = operator_of(e);
    bool equal = tl_str_is(op, "=");

    if (e->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP ||
        !(equal || tl_str_is(op, "<>")))
        return;
    if (is_null(e->lexpr) == is_null(e->rexpr))
        return;
    const PgQuery__Node *other = is_null(e->lexpr) ? e->rexpr : e->lexpr;
    const struct tl_node *side = tl_find_wrapped(tl_tree(ctx), node, other);
    const char *test = equal ? "IS NULL" : "IS NOT NULL";
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, node),
        "A comparison with NULL is never true, whatever the value: %s is "
        "meant.",
        test);

    tl_detail(ctx, f, "NULL means unknown, and so does the result; %s",
              is_of_check(tl_tree(ctx), node)
                  ? "a CHECK refuses a row only for what is false, and this "
                    "is never that"
                  : "WHERE keeps only what is true");
    tl_help(ctx, f, "Write %s.", test);
    if (!side)
        return;
    struct tl_str text = tl_node_text(ctx, side);
    struct tl_fix *fix = tl_fix(ctx, f, TL_UNSAFE, "ask whether it is NULL");
    tl_edit(ctx, fix, tl_node_span(ctx, node), "%.*s %s", TL_FMT(text), test);
}

TL_RULE(null_comparison) = {
    .id = "TL309",
    .name = "null-comparison",
    .summary = "a comparison with NULL is never true",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_ERROR,
    .inputs = TL_IN_MIGRATION | TL_IN_QUERY,
    .nodes = TL_ON(TL_KIND(A_EXPR)),
    .on_node = check,
};
