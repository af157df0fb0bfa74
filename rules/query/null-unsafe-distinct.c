/*
 * null-unsafe-distinct - IS [NOT] DISTINCT FROM is no operator of an index.
 */
#include <tusklint/rule.h>

static bool leads_an_index(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x)
        if (x->n_keys && !x->predicate.n &&
            tl_str_eq(x->keys[0].column, p->ref.column))
            return true;
    return false;
}

/* Another condition finds the rows. */
static bool is_narrowed(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++)
        if (all[i].ref.range == p->ref.range && all[i].select == p->select &&
            tl_str_is(all[i].op, "=") && all[i].wrap == TL_WRAP_NONE &&
            !all[i].under_or && !all[i].negated && leads_an_index(ctx, &all[i]))
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    if (!p->value || p->expr->kind != TL_KIND(A_EXPR) ||
        p->wrap != TL_WRAP_NONE || p->value_is_column || !p->ref.relation)
        return;
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, p->expr);

    if (e->kind != PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT ||
        !leads_an_index(ctx, p) || is_narrowed(ctx, p))
        return;
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str value = tl_node_text(ctx, p->value);
    bool constant = p->value->kind == TL_KIND(A_CONST) &&
                    !TL_AS(A_CONST, AConst, p->value)->isnull;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, p->expr),
                  "IS NOT DISTINCT FROM reads every row: the index on %.*s "
                  "serves = and IS NULL.",
                  TL_FMT(column));

    tl_object(ctx, f, p->ref.table, p->ref.column);
    if (constant)
        tl_help(ctx, f, "The value is no NULL: %.*s = %.*s.", TL_FMT(column),
                TL_FMT(value));
    else
        tl_help(ctx, f, "%.*s = %.*s OR (%.*s IS NULL AND %.*s IS NULL).",
                TL_FMT(column), TL_FMT(value), TL_FMT(column), TL_FMT(value));
    if (constant)
        tl_edit(ctx, tl_fix(ctx, f, TL_SAFE, "compare with ="),
                tl_node_span(ctx, p->expr), "%.*s = %.*s",
                TL_FMT(tl_node_text(ctx, p->column)), TL_FMT(value));
}

TL_RULE(null_unsafe_distinct) = {
    .id = "TL338",
    .name = "null-unsafe-distinct",
    .summary = "IS NOT DISTINCT FROM cannot use an index",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .on_predicate = check,
};
