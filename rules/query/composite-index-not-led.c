/*
 * composite-index-not-led - the column stands in an index, but not in front.
 *
 * Only where nothing else finds the rows: no condition of the query on the
 * table is on a column that leads an index.
 */
#include <tusklint/rule.h>

static bool is_lookup(const struct tl_predicate *p)
{
    /* Which side of a join is looked up is the planner's choice. */
    return p->wrap == TL_WRAP_NONE && !p->under_or && !p->negated && p->value &&
           p->value_is_constant && !p->value_is_column &&
           p->ref.origin == TL_FROM_TABLE &&
           (tl_str_is(p->op, "=") || tl_str_is(p->op, "in") ||
            tl_str_is(p->op, "any"));
}

static bool leads(struct tl_schema s, const struct tl_predicate *p)
{
    TL_EACH_INDEX(s, p->ref.relation, x)
        if (x->n_keys && tl_str_eq(x->keys[0].column, p->ref.column))
            return true;
    return false;
}

static bool is_found_otherwise(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++)
        if (all[i].ref.range == p->ref.range && all[i].ref.relation &&
            (leads(tl_after(ctx), &all[i]) || all[i].wrap != TL_WRAP_NONE))
            return true;
    return false;
}

/* The index that has the column behind others; NULL. */
static const struct tl_index *behind(struct tl_schema s,
                                     const struct tl_predicate *p)
{
    TL_EACH_INDEX(s, p->ref.relation, x) {
        if (!tl_str_is(x->method, "btree") || x->predicate.n)
            continue;
        for (uint32_t k = 1; k < x->n_keys; k++)
            if (tl_str_eq(x->keys[k].column, p->ref.column))
                return x;
    }
    return NULL;
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    struct tl_schema s = tl_after(ctx);

    if (!is_lookup(p) || !p->ref.relation || p->ref.relation->incomplete ||
        p->ref.relation->uncertain || p->clause == TL_CLAUSE_HAVING)
        return;
    const struct tl_index *index = behind(s, p);
    if (!index || is_found_otherwise(ctx, p))
        return;
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str first = index->keys[0].column.n
                              ? tl_quoted(ctx, index->keys[0].column)
                              : index->keys[0].expression;
    struct tl_str name = tl_quoted(ctx, index->name.name);
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, p->expr),
        "%.*s has %.*s behind %.*s: without a condition on that, all of the "
        "index or of the table is read.",
        TL_FMT(name), TL_FMT(column), TL_FMT(first));

    if (tl_pg_version(ctx) >= 18)
        tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, p->ref.table, p->ref.column);
    tl_related(ctx, f, index->row.made, "%.*s is made here", TL_FMT(name));
    tl_help(ctx, f,
            "CREATE INDEX CONCURRENTLY ON %.*s (%.*s); or put %.*s first if "
            "all queries have it.",
            TL_FMT(table), TL_FMT(column), TL_FMT(column));
}

TL_RULE(composite_index_not_led) = {
    .id = "TL324",
    .name = "composite-index-not-led",
    .summary = "a filter on a column that an index has, but not in front",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .on_predicate = check,
};
