/*
 * arithmetic-on-filtered-column - a column that is computed with before it is
 * compared cannot be looked up in its index.
 */
#include <tusklint/rule.h>

/* The integer constant of a node; false for anything else. */
static bool integer_of(const struct tl_node *n, int32_t *value)
{
    if (!n || n->kind != TL_KIND(A_CONST))
        return false;
    const PgQuery__AConst *c = TL_AS(A_CONST, AConst, n);

    if (c->val_case != PG_QUERY__A__CONST__VAL_IVAL)
        return false;
    *value = c->ival->ival;
    return true;
}

static bool is_integer(const struct tl_predicate *p)
{
    const struct tl_column *c = p->ref.definition;

    return c && (tl_type_is(&c->type, "int2") || tl_type_is(&c->type, "int4") ||
                 tl_type_is(&c->type, "int8"));
}

static bool is_comparison(struct tl_str op)
{
    return tl_str_is(op, "=") || tl_str_is(op, "<") || tl_str_is(op, "<=") ||
           tl_str_is(op, ">") || tl_str_is(op, ">=");
}

/* column + 1 op 10 as column op 10 - 1; none unless both are integers. */
static struct tl_str moved(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    int32_t by;
    int32_t than;

    if (p->side->kind != TL_KIND(A_EXPR) || !is_integer(p) ||
        !is_comparison(p->op) || !integer_of(p->value, &than))
        return TL_NONE;
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, p->side);
    const struct tl_node *left =
        tl_find_wrapped(tl_tree(ctx), p->side, e->lexpr);
    const struct tl_node *right =
        tl_find_wrapped(tl_tree(ctx), p->side, e->rexpr);

    if (e->n_name != 1 || e->name[0]->node_case != TL_KIND(STRING) ||
        left != p->column || !integer_of(right, &by))
        return TL_NONE;
    const char *sign = e->name[0]->string->sval;
    struct tl_str column = tl_node_text(ctx, p->column);
    if (strcmp(sign, "+") != 0 && strcmp(sign, "-") != 0)
        return TL_NONE;
    int64_t result = sign[0] == '+' ? (int64_t)than - by : (int64_t)than + by;
    return tl_printf(ctx, "%.*s %.*s %lld", TL_FMT(column), TL_FMT(p->op),
                     (long long)result);
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_index *index;

    if (p->wrap != TL_WRAP_ARITHMETIC || !p->value)
        return;
    enum tl_severity severity = tl_filter_matters(ctx, p, &index);
    if (severity == TL_OFF)
        return;
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_str instead = moved(ctx, p);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, p->side),
        "No index on %.*s can serve this filter: it is computed for every row "
        "of %.*s.",
        TL_FMT(column), TL_FMT(table));

    if (severity == TL_NOTE)
        tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, p->ref.table, p->ref.column);
    if (!instead.n) {
        tl_help(ctx, f,
                "Do the arithmetic on the other side, and compare %.*s as it "
                "is; mind that days and months differ in length.",
                TL_FMT(column));
        return;
    }
    tl_help(ctx, f, "Compare the column as it is: %.*s.", TL_FMT(instead));
    struct tl_fix *fix = tl_fix(ctx, f, TL_SAFE, "compare the column itself");
    tl_edit(ctx, fix, tl_node_span(ctx, p->expr), "%.*s", TL_FMT(instead));
}

TL_RULE(arithmetic_on_filtered_column) = {
    .id = "TL302",
    .name = "arithmetic-on-filtered-column",
    .summary =
        "a filter that computes with its column, so that no index serves it",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .on_predicate = check,
};
