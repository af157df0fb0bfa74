/*
 * limit-without-order - some rows, and which ones changes with the plan.
 *
 * Only of a whole query: inside of one, any rows are often what is wanted (a
 * batch to delete, a test for existence). LIMIT 1 is mostly such a test, too.
 */
#include <tusklint/rule.h>

/* So many rows are no page: the limit guards against more than there are. */
#define CAP 1000

static bool is_one_or_cap(const struct tl_node *limit)
{
    if (limit->kind != TL_KIND(A_CONST))
        return false;
    const PgQuery__AConst *c = TL_AS(A_CONST, AConst, limit);

    /* LIMIT ALL is a NULL. */
    return c->isnull ||
           (c->val_case == PG_QUERY__A__CONST__VAL_IVAL &&
            (!c->ival || c->ival->ival <= 1 || c->ival->ival >= CAP));
}

/* FOR UPDATE SKIP LOCKED takes whichever rows are free. */
static bool takes_any(const PgQuery__SelectStmt *s)
{
    return s->n_locking_clause > 0;
}

static bool reads_table(const PgQuery__SelectStmt *s)
{
    for (size_t i = 0; i < s->n_from_clause; i++)
        if (s->from_clause[i]->node_case == TL_KIND(RANGE_VAR) ||
            s->from_clause[i]->node_case == TL_KIND(JOIN_EXPR))
            return true;
    return false;
}

static bool finds_one_row(struct tl_ctx *ctx, const struct tl_node *select)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    if (TL_AS(SELECT_STMT, SelectStmt, select)->n_from_clause != 1)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const struct tl_predicate *p = &all[i];

        if (p->value_is_joined || p->select != select || p->under_or ||
            p->negated || p->wrap != TL_WRAP_NONE || !tl_str_is(p->op, "=") ||
            !p->ref.relation)
            continue;
        TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x)
            if (x->unique && x->n_keys == 1 && !x->predicate.n &&
                tl_str_eq(x->keys[0].column, p->ref.column))
                return true;
    }
    return false;
}

static void check(struct tl_ctx *ctx)
{
    const struct tl_node *node = tl_tree(ctx)->nodes;

    if (!tl_tree(ctx)->count || node->kind != TL_KIND(SELECT_STMT))
        return;
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);
    const struct tl_node *limit =
        tl_find_wrapped(tl_tree(ctx), node, s->limit_count);
    if (!limit || s->n_sort_clause || !reads_table(s) ||
        s->op != PG_QUERY__SET_OPERATION__SETOP_NONE || is_one_or_cap(limit) ||
        takes_any(s) || finds_one_row(ctx, node))
        return;
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, limit),
        "LIMIT without ORDER BY gives some rows: which ones changes with the "
        "plan, with updates and with other scans.");

    tl_help(ctx, f,
            "Say which come first: ORDER BY columns that are unique "
            "together.");
}

TL_RULE(limit_without_order) = {
    .id = "TL314",
    .name = "limit-without-order",
    .summary = "LIMIT without ORDER BY gives whichever rows come first",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .on_statement = check,
};
