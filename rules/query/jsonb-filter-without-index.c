/*
 * jsonb-filter-without-index - what is asked of a document is in no index.
 */
#include <tusklint/rule.h>

static bool has_operator(const struct tl_node *n, const char *op)
{
    if (n->kind != TL_KIND(A_EXPR))
        return false;
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, n);

    return e->n_name == 1 && e->name[0]->node_case == TL_KIND(STRING) &&
           tl_str_is(tl_str_c(e->name[0]->string->sval), op);
}

static bool is_jsonb(const struct tl_predicate *p)
{
    const struct tl_column *c = p->ref.definition;

    return c && tl_type_is(&c->type, "jsonb");
}

/* data ->> 'key' = value */
static bool takes_member(const struct tl_predicate *p)
{
    return p->wrap == TL_WRAP_OTHER &&
           (tl_str_is(p->op, "=") || tl_str_is(p->op, "in") ||
            tl_str_is(p->op, "any")) &&
           (has_operator(p->side, "->>") || has_operator(p->side, "#>>"));
}

/* data @> '{...}' */
static bool asks_containment(const struct tl_predicate *p)
{
    return p->wrap == TL_WRAP_NONE && tl_str_is(p->op, "@>");
}

static bool has_gin(struct tl_schema s, const struct tl_predicate *p)
{
    TL_EACH_INDEX(s, p->ref.relation, x)
        for (uint32_t k = 0; tl_str_is(x->method, "gin") && k < x->n_keys; k++)
            if (tl_str_eq(x->keys[k].column, p->ref.column))
                return true;
    return false;
}

/* Another condition of the table that its indexes could serve. */
static bool is_found_otherwise(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++) {
        if (all[i].ref.range != p->ref.range ||
            all[i].conjunct == p->conjunct || all[i].wrap != TL_WRAP_NONE ||
            all[i].under_or)
            continue;
        TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x)
            if (x->n_keys && tl_str_eq(x->keys[0].column, all[i].ref.column))
                return true;
    }
    return false;
}

/* An index on the table whose key is an expression may be for this one. */
static bool has_expression_on(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    return tl_expression_index(ctx, p->ref.relation, p->side) != NULL;
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_relation *r = p->ref.relation;
    bool member = takes_member(p);

    if (!r || r->incomplete || r->uncertain || r->temporary ||
        p->ref.origin != TL_FROM_TABLE || p->clause == TL_CLAUSE_HAVING ||
        p->negated || p->under_or || p->value_is_joined ||
        !p->value_is_constant || !is_jsonb(p) ||
        !(member || asks_containment(p)))
        return;
    if (has_expression_on(ctx, p) || (!member && has_gin(tl_after(ctx), p)) ||
        is_found_otherwise(ctx, p))
        return;
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, p->expr),
                  "No index holds what is asked of %.*s: every document of "
                  "%.*s is read.",
                  TL_FMT(column), TL_FMT(table));

    tl_object(ctx, f, p->ref.table, p->ref.column);
    if (member)
        tl_help(ctx, f, "CREATE INDEX CONCURRENTLY ON %.*s ((%.*s));",
                TL_FMT(table), TL_FMT(tl_node_text(ctx, p->side)));
    else
        tl_help(ctx, f,
                "CREATE INDEX CONCURRENTLY ON %.*s USING gin (%.*s "
                "jsonb_path_ops);",
                TL_FMT(table), TL_FMT(column));
}

TL_RULE(jsonb_filter_without_index) = {
    .id = "TL321",
    .name = "jsonb-filter-without-index",
    .summary = "a filter on a jsonb document that no index serves",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .on_predicate = check,
};
